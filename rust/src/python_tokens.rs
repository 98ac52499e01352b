//! The lexicon at the border to Python: compiled when vacatur is built, asked when a name is to be explained.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::lexicon;
use crate::python::text;
use crate::tokens::{Class, Kind, analyse};

/// The words that the engine knows; see `_core.pyi`.
#[pyclass(frozen, module = "vacatur._core", name = "Lexicon")]
pub struct PyLexicon {
    lexicon: lexicon::Lexicon,
}

#[pymethods]
impl PyLexicon {
    #[new]
    fn new(data: &[u8]) -> PyResult<Self> {
        let lexicon = lexicon::Lexicon::from_bytes(data).map_err(PyValueError::new_err)?;
        Ok(Self { lexicon })
    }

    #[getter]
    fn version(&self) -> &str {
        &self.lexicon.version
    }

    #[pyo3(signature = (name, kind, /))]
    fn tokenise(&self, name: &Bound<'_, PyAny>, kind: &str) -> PyResult<Vec<(String, &'static str, u16)>> {
        let name = analyse(&self.lexicon, &text(name, "the name")?, kind_of(kind)?);
        Ok(name
            .tokens
            .into_iter()
            .map(|token| (token.text.into_string(), class_of(token.class), token.weight))
            .collect())
    }

    #[pyo3(signature = (word, /))]
    fn variants(&self, word: &str) -> Vec<u32> {
        self.lexicon.groups(word).to_vec()
    }

    #[pyo3(signature = (word, /))]
    fn generic(&self, word: &str) -> Option<&str> {
        self.lexicon.generic(word)
    }
}

/// The key of a word's sound; see `_core.pyi`.
#[pyfunction]
#[pyo3(signature = (word, /))]
pub fn skeleton(word: &str) -> String {
    lexicon::skeleton(word)
}

/// The bytes of a lexicon; see `_core.pyi`.
#[pyfunction]
#[pyo3(signature = (version, rows, /))]
pub fn compile_lexicon<'py>(
    py: Python<'py>,
    version: &str,
    rows: Vec<(String, String, String, Vec<String>)>,
) -> PyResult<Bound<'py, PyBytes>> {
    let rows: Vec<lexicon::Row> = rows
        .into_iter()
        .map(|(what, key, generic, forms)| lexicon::Row { what, key, generic, forms })
        .collect();
    let bytes = py.detach(|| lexicon::compile(version, &rows)).map_err(PyValueError::new_err)?;
    Ok(PyBytes::new(py, &bytes))
}

fn kind_of(kind: &str) -> PyResult<Kind> {
    match kind {
        "person" => Ok(Kind::Person),
        "organisation" => Ok(Kind::Organisation),
        "vessel" => Ok(Kind::Vessel),
        "other" => Ok(Kind::Other),
        _ => Err(PyValueError::new_err(format!("{kind:?} is none of person, organisation, vessel, other"))),
    }
}

fn class_of(class: Class) -> &'static str {
    match class {
        Class::Plain => "plain",
        Class::Generic => "generic",
        Class::Legal => "legal",
        Class::Title => "title",
        Class::Particle => "particle",
        Class::Initial => "initial",
        Class::Number => "number",
    }
}
