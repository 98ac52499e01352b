//! The engine at the border to Python: whole batches in, whole results out, the interpreter let go while it works.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::PyList;
use xxhash_rust::xxh3::xxh3_64;

use crate::engine::batch::{Asked, Terms, search, search_many};
use crate::engine::build::{Row, build_with};
use crate::engine::calibration::VERSION;
use crate::engine::columns::{Columns, columns};
use crate::engine::identifiers::Mark;
use crate::engine::kept::Kept;
use crate::engine::memory::Memory;
use crate::engine::score::{Score, score};
use crate::engine::segment::{KINDS, Segment};
use crate::engine::words::Words;
use crate::lexicon::Lexicon;
use crate::python::{text, texts};
use crate::python_column::PyColumn;
use crate::quiet::caught;
use crate::tokens::Kind;

/// The matching engine with its lexicon; see `_core.pyi`.
#[pyclass(frozen, module = "vacatur._core")]
pub struct Engine {
    lexicon: Arc<Lexicon>,
    fingerprint: u64,
}

/// A searchable list of names; see `_core.pyi`.
#[pyclass(frozen, module = "vacatur._core", name = "Segment")]
pub struct PySegment {
    lexicon: Arc<Lexicon>,
    segment: Segment,
    kept: Kept,
}

fn kind_of(number: u8) -> PyResult<Kind> {
    match number {
        0 => Ok(Kind::Person),
        1 => Ok(Kind::Organisation),
        2 => Ok(Kind::Vessel),
        3 => Ok(Kind::Other),
        _ => Err(PyValueError::new_err(format!("kind {number} is not one of 0 to 3"))),
    }
}

/// The kind of all queries of a batch, or a byte for each: its kind, or [`ANY`].
#[derive(FromPyObject)]
enum PyKinds {
    All(u8),
    Each(PyBackedBytes),
}

/// The byte of a query of no kind.
const ANY: u8 = 4;

/// The kinds of a batch, where they are given one by one.
fn kinds_of(kinds: &[u8], queries: usize) -> PyResult<Vec<Option<Kind>>> {
    if kinds.len() != queries {
        return Err(PyValueError::new_err(format!("{queries} queries have {} kinds", kinds.len())));
    }
    kinds.iter().map(|kind| (*kind != ANY).then(|| kind_of(*kind)).transpose()).collect()
}

#[pymethods]
impl Engine {
    #[new]
    fn new(lexicon: &[u8]) -> PyResult<Self> {
        // By its bytes too: one version compiled by another build may hold other words.
        let content = xxh3_64(lexicon);
        let lexicon = Lexicon::from_bytes(lexicon).map_err(PyValueError::new_err)?;
        let made = format!("{}/{content:016x}/{VERSION}/{}", lexicon.version, env!("CARGO_PKG_VERSION"));
        let fingerprint = xxh3_64(made.as_bytes());
        Ok(Self { lexicon: Arc::new(lexicon), fingerprint })
    }

    #[getter]
    fn version(&self) -> String {
        format!("{VERSION}+{}", self.lexicon.version)
    }

    #[allow(clippy::type_complexity)]
    fn compare(&self, a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>, kind: u8) -> PyResult<Compared> {
        let (a, b, kind) = (text(a, "the first name")?, text(b, "the second name")?, kind_of(kind)?);
        let (a, b) = (Words::of(&self.lexicon, &a, kind), Words::of(&self.lexicon, &b, kind));
        let Score { score, raw, pairs, factors } = score(&self.lexicon, &a, &b, kind);
        let pairs =
            pairs.iter().map(|pair| (pair.a, pair.b, pair.share_a, pair.share_b, pair.how.word())).collect();
        let factors = factors.iter().map(|factor| (factor.name, factor.permille)).collect();
        Ok((score, raw, weighed(&a), weighed(&b), pairs, factors))
    }

    #[allow(clippy::needless_pass_by_value)]
    fn build(
        &self,
        py: Python<'_>,
        ids: &Bound<'_, PyList>,
        names: &Bound<'_, PyList>,
        kinds: &[u8],
        valid: Option<Vec<(i64, i64)>>,
        marks: Vec<PyMark>,
    ) -> PyResult<PySegment> {
        let (ids, names) = (texts(ids)?, texts(names)?);
        let count = names.len();
        if ids.len() != count
            || kinds.len() != count
            || valid.as_ref().is_some_and(|valid| valid.len() != count)
        {
            return Err(PyValueError::new_err(
                "ids, names, kinds and validity must have one entry a name each",
            ));
        }
        let kinds = kinds.iter().map(|kind| kind_of(*kind)).collect::<PyResult<Vec<Kind>>>()?;
        let marks = marks.iter().map(mark_of).collect::<PyResult<Vec<Mark<'_>>>>()?;
        let (lexicon, fingerprint) = (Arc::clone(&self.lexicon), self.fingerprint);
        py.detach(|| {
            let rows: Vec<Row<'_>> = (0..count)
                .map(|at| {
                    let (valid_from, valid_to) =
                        valid.as_ref().map_or((i64::MIN, i64::MAX), |valid| valid[at]);
                    Row { id: &ids[at], text: &names[at], kind: kinds[at], valid_from, valid_to }
                })
                .collect();
            let memory = build_with(&lexicon, &rows, &marks, fingerprint);
            let segment = Segment::open(memory, fingerprint, false).map_err(PyValueError::new_err)?;
            Ok(PySegment { lexicon, segment, kept: Kept::default() })
        })
    }

    #[allow(clippy::needless_pass_by_value)]
    fn open(&self, py: Python<'_>, path: PathBuf, verify: bool) -> PyResult<PySegment> {
        let (lexicon, fingerprint) = (Arc::clone(&self.lexicon), self.fingerprint);
        py.detach(|| {
            let memory = map(&path)?;
            let segment = Segment::open(memory, fingerprint, verify).map_err(PyValueError::new_err)?;
            Ok(PySegment { lexicon, segment, kept: Kept::default() })
        })
    }
}

/// Id, name, kind, scheme, value and validity of an identifier.
type PyMark = (PyBackedStr, PyBackedStr, u8, PyBackedStr, PyBackedStr, (i64, i64));

fn mark_of((id, name, kind, scheme, value, valid): &PyMark) -> PyResult<Mark<'_>> {
    if scheme.contains(':') {
        return Err(PyValueError::new_err(format!("scheme {scheme:?} holds a colon")));
    }
    let (valid_from, valid_to) = *valid;
    Ok(Mark { id, name, kind: kind_of(*kind)?, scheme, value, valid_from, valid_to })
}

type Weighed = Vec<(String, u16)>;
type Run = (usize, usize);
type Compared =
    (u32, u32, Weighed, Weighed, Vec<(Run, Run, u32, u32, &'static str)>, Vec<(&'static str, u32)>);

fn weighed(words: &Words<'_>) -> Weighed {
    words.tokens.iter().map(|token| (token.text.to_string(), token.weight)).collect()
}

/// Maps an index file. The file is checked before anything is read through the map, and is only ever replaced whole.
#[allow(unsafe_code)]
fn map(path: &PathBuf) -> PyResult<Memory> {
    let file = File::open(path).map_err(|bad| PyOSError::new_err(format!("{}: {bad}", path.display())))?;
    // SAFETY: index files are written to a neighbour and renamed into place, never changed in place; a process that
    // cuts a mapped file short all the same ends this one, as it would any program that maps files.
    let map = unsafe { memmap2::Mmap::map(&file) };
    map.map(Memory::Mapped).map_err(|bad| PyOSError::new_err(format!("{}: {bad}", path.display())))
}

#[pymethods]
impl PySegment {
    fn __len__(&self) -> usize {
        self.segment.list().len()
    }

    #[getter]
    fn size(&self) -> usize {
        self.segment.image().len()
    }

    #[getter]
    fn checksum(&self) -> u64 {
        self.segment.checksum()
    }

    #[allow(clippy::needless_pass_by_value)]
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let written = py.detach(|| -> std::io::Result<()> {
            let (neighbour, mut file) = new_neighbour(&path)?;
            let done = file
                .write_all(self.segment.image())
                .and_then(|()| file.sync_all())
                .and_then(|()| std::fs::rename(&neighbour, &path));
            done.inspect_err(|_| std::fs::remove_file(&neighbour).unwrap_or_default())
        });
        written.map_err(|bad| PyOSError::new_err(format!("{}: {bad}", path.display())))
    }

    #[pyo3(signature = (query, threshold, kind=None, at=None, exhaustive=false))]
    fn search(
        &self,
        py: Python<'_>,
        query: &Bound<'_, PyAny>,
        threshold: u32,
        kind: Option<u8>,
        at: Option<i64>,
        exhaustive: bool,
    ) -> PyResult<Vec<(String, String, u32, u8)>> {
        let (query, kind) = (text(query, "the query")?, kind.map(kind_of).transpose()?);
        let terms = Terms { threshold, at, exhaustive };
        let list = self.segment.list();
        let hits = py.detach(|| sound(|| search(&self.lexicon, &list, &query, kind, terms, &self.kept)))?;
        Ok(hits
            .iter()
            .map(|hit| {
                let kind = small(list.kind_of(hit.row));
                (list.id(hit.row).to_owned(), list.text(hit.row).to_owned(), hit.score, kind)
            })
            .collect())
    }

    /// Id, name and kind of every party that carries an identifier.
    #[pyo3(signature = (scheme, value, at=None))]
    fn find(
        &self,
        scheme: &Bound<'_, PyAny>,
        value: &Bound<'_, PyAny>,
        at: Option<i64>,
    ) -> PyResult<Vec<(String, String, u8)>> {
        let (scheme, value) = (text(scheme, "the scheme")?, text(value, "the identifier")?);
        let found = self.segment.identifiers().find(&scheme, &value, at);
        Ok(found.iter().map(|one| (one.id.to_owned(), one.name.to_owned(), number_of(one.kind))).collect())
    }

    #[getter]
    fn schemes(&self) -> Vec<String> {
        self.segment.identifiers().schemes().into_iter().map(str::to_owned).collect()
    }

    /// Columns: query rows (u32), scores (f64), ids and names as Arrow string buffers, kinds (u8).
    #[pyo3(signature = (queries, threshold, kind=None, at=None, exhaustive=false, threads=0))]
    #[allow(clippy::too_many_arguments, clippy::needless_pass_by_value)]
    fn search_many<'py>(
        &self,
        py: Python<'py>,
        queries: &Bound<'py, PyAny>,
        threshold: u32,
        kind: Option<PyKinds>,
        at: Option<i64>,
        exhaustive: bool,
        threads: usize,
    ) -> PyResult<Vec<Bound<'py, PyColumn>>> {
        let terms = Terms { threshold, at, exhaustive };
        let columns = if let Ok(listed) = queries.cast::<PyList>() {
            let queries = texts(listed)?;
            py.detach(|| self.answer(&queries, kind.as_ref(), terms, threads))?
        } else {
            let (ends, bytes): (PyBuffer<i32>, PyBuffer<u8>) = queries.extract()?;
            let (ends, bytes) = (ends.to_vec(py)?, bytes.to_vec(py)?);
            py.detach(|| self.answer(&parted(&ends, &bytes)?, kind.as_ref(), terms, threads))?
        };
        columns.into_iter().map(|column| Bound::new(py, PyColumn(column))).collect()
    }
}

impl PySegment {
    fn answer<T: AsRef<str> + Sync>(
        &self,
        queries: &[T],
        kind: Option<&PyKinds>,
        terms: Terms,
        threads: usize,
    ) -> PyResult<Columns> {
        let each = match kind {
            Some(PyKinds::Each(kinds)) => kinds_of(kinds, queries.len())?,
            _ => Vec::new(),
        };
        let asked = match kind {
            None => Asked::All(None),
            Some(PyKinds::All(kind)) => Asked::All(Some(kind_of(*kind)?)),
            Some(PyKinds::Each(_)) => Asked::Each(&each),
        };
        let list = self.segment.list();
        let search = || columns(&list, &search_many(&self.lexicon, &list, queries, asked, terms, &self.kept));
        sound(|| on_threads(threads, search))??.map_err(PyValueError::new_err)
    }
}

/// The number of a kind.
fn small(kind: usize) -> u8 {
    u8::try_from(kind).unwrap_or(0)
}

fn number_of(kind: Kind) -> u8 {
    small(KINDS.iter().position(|known| *known == kind).unwrap_or(0))
}

/// A new file beside a path, which no other process writes to.
fn new_neighbour(path: &std::path::Path) -> std::io::Result<(PathBuf, File)> {
    (0u32..10_000)
        .map(|number| {
            let neighbour = path.with_extension(format!("{}-{number}.partial", std::process::id()));
            File::create_new(&neighbour).map(|file| (neighbour, file))
        })
        .find(|made| !made.as_ref().is_err_and(|bad| bad.kind() == std::io::ErrorKind::AlreadyExists))
        .unwrap_or_else(|| Err(std::io::ErrorKind::AlreadyExists.into()))
}

/// Turns a failed bounds check, which only a damaged file can cause, into an error that says so.
fn sound<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    caught(work).ok_or_else(|| {
        PyValueError::new_err(
            "the index is damaged: a read went astray; open it with verify=True, or build it again",
        )
    })
}

/// The texts of an Arrow column, from where each begins and ends, and their bytes; whoever made it is not trusted.
fn parted<'a>(ends: &[i32], bytes: &'a [u8]) -> PyResult<Vec<&'a str>> {
    let text = |(row, span): (usize, &[i32])| {
        let range = usize::try_from(span[0]).ok().zip(usize::try_from(span[1]).ok());
        let bytes = range.and_then(|(start, end)| bytes.get(start..end));
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or_else(|| {
            PyValueError::new_err(format!("row {row} of the column is no text; write it again as UTF-8"))
        })
    };
    ends.windows(2).enumerate().map(text).collect()
}

/// Runs work on a given number of threads; 0 is as many as there are cores.
fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    if threads == 0 {
        return Ok(work());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    Ok(pool.map_err(|bad| PyValueError::new_err(bad.to_string()))?.install(work))
}
