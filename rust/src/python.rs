//! The border to Python: arguments are checked and taken over, the interpreter is let go, nothing else.
//! The public documentation is in `src/vacatur/_core.pyi`.

use std::fmt::Display;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyList, PyString};

/// The native core of vacatur; private, its public names are in `vacatur.match`.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::{normalise, normalise_many};
    #[pymodule_export]
    use crate::python_column::PyColumn;
    #[pymodule_export]
    use crate::python_engine::{Engine, PySegment};
    #[pymodule_export]
    use crate::python_tokens::{PyLexicon, compile_lexicon, skeleton};
}

/// The one form of a name; see `normalise_many`.
#[pyfunction]
#[pyo3(signature = (name, /))]
fn normalise(name: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(crate::normalise::normalise(&text(name, "the name")?))
}

/// The one form of each name, in order.
#[pyfunction]
#[pyo3(signature = (names, /))]
fn normalise_many(py: Python<'_>, names: &Bound<'_, PyList>) -> PyResult<Vec<String>> {
    let names = texts(names)?;
    Ok(py.detach(|| names.iter().map(|name| crate::normalise::normalise(name)).collect()))
}

/// The rows of a batch as text that outlives the interpreter lock, without a copy.
pub(crate) fn texts(rows: &Bound<'_, PyList>) -> PyResult<Vec<PyBackedStr>> {
    rows.iter().enumerate().map(|(number, row)| text(&row, format_args!("row {number}"))).collect()
}

/// A Python `str` may hold lone surrogates, which are no text: files read with a wrong encoding leave them behind.
pub(crate) fn text(value: &Bound<'_, PyAny>, place: impl Display) -> PyResult<PyBackedStr> {
    let string = value.cast::<PyString>()?.clone();
    PyBackedStr::try_from(string).map_err(|cause| {
        let error = PyValueError::new_err(format!(
            "{place} holds a lone surrogate, which is not text: {value:?}. \
             Its source was read with a wrong encoding, or with errors='surrogateescape'; \
             read it again with the right one, or with errors='replace'"
        ));
        error.set_cause(value.py(), Some(cause));
        error
    })
}
