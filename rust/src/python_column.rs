//! Columns at the border to Python: hundreds of megabytes, which are not copied to be read there.

use std::ffi::c_int;

use pyo3::ffi;
use pyo3::prelude::*;

/// The bytes of a column, read where they lie; see `_core.pyi`.
#[pyclass(frozen, module = "vacatur._core", name = "Column")]
pub struct PyColumn(pub(crate) Vec<u8>);

#[pymethods]
impl PyColumn {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    #[allow(unsafe_code)]
    unsafe fn __getbuffer__(slf: &Bound<'_, Self>, view: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
        let bytes = &slf.get().0;
        let size = isize::try_from(bytes.len())?;
        // SAFETY: the view keeps this object, which is frozen and so keeps its bytes as and where they are; it is
        // marked as one that may not be written through.
        let failed = unsafe {
            ffi::PyBuffer_FillInfo(view, slf.as_ptr(), bytes.as_ptr().cast_mut().cast(), size, 1, flags)
        };
        if failed == 0 { Ok(()) } else { Err(PyErr::fetch(slf.py())) }
    }
}
