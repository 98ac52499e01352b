//! What was found for many queries as columns of a table, in the layout of Arrow.

use rayon::prelude::*;

use crate::engine::batch::Found;
use crate::engine::search::Hit;
use crate::engine::segment::List;

/// Queries whose hits are put together by one core at a time.
const QUERIES: usize = 1 << 12;
/// Hits whose texts are asked for before the first of them is read.
const TOGETHER: usize = 64;

/// Rows of the queries (u32), scores (f64), ids, names (each as ends (i32) and bytes) and kinds (u8).
pub type Columns = [Vec<u8>; 7];

const ENDS: [usize; 2] = [2, 4];

/// One column of texts, of some rows.
#[derive(Default)]
struct Texts {
    /// Where each text ends.
    ends: Vec<usize>,
    bytes: Vec<u8>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
        self.ends.push(self.bytes.len());
    }
}

/// The columns of some rows.
#[derive(Default)]
struct Part {
    queries: Vec<u8>,
    scores: Vec<u8>,
    texts: [Texts; 2],
    kinds: Vec<u8>,
}

impl Part {
    /// The hits of the queries from the first on.
    fn of(list: &List<'_>, found: &Found, first: usize) -> Self {
        let mut part = Self::default();
        let after = found.ends.len().min(first + QUERIES);
        let start = |query: usize| query.checked_sub(1).map_or(0, |before| found.ends[before]);
        for query in first..after {
            let count = found.ends[query] - start(query);
            let row = u32::try_from(query).unwrap_or(u32::MAX).to_le_bytes();
            (0..count).for_each(|_| part.queries.extend(row));
        }
        for hits in found.hits[start(first)..start(after)].chunks(TOGETHER) {
            part.add(list, hits);
        }
        part
    }

    fn add(&mut self, list: &List<'_>, hits: &[Hit]) {
        for hit in hits {
            list.row_ahead(hit.row);
        }
        for hit in hits {
            list.texts_ahead(hit.row);
        }
        for hit in hits {
            self.scores.extend((f64::from(hit.score) / 1e6).to_le_bytes());
            self.kinds.push(u8::try_from(list.kind_of(hit.row)).unwrap_or(0));
            self.texts[0].push(list.id(hit.row));
            self.texts[1].push(list.text(hit.row));
        }
    }
}

/// The hits as columns, put together on all cores: what a hit tells of lies anywhere in the index.
///
/// # Errors
///
/// When ids or names come to more bytes than one column can hold.
pub fn columns(list: &List<'_>, found: &Found) -> Result<Columns, String> {
    let firsts: Vec<usize> = (0..found.ends.len()).step_by(QUERIES).collect();
    let parts: Vec<Part> = firsts.into_par_iter().map(|first| Part::of(list, found, first)).collect();
    let mut columns = Columns::default();
    for (number, at) in ENDS.into_iter().enumerate() {
        columns[at].extend(0i32.to_le_bytes());
        for part in &parts {
            let before = columns[at + 1].len();
            let Texts { ends, bytes } = &part.texts[number];
            columns[at + 1].extend(bytes);
            i32::try_from(columns[at + 1].len()).map_err(|_| too_large(found))?;
            // What ends before the last does not reach further.
            let ends = ends.iter().map(|end| i32::try_from(before + end).unwrap_or(i32::MAX));
            columns[at].extend(ends.flat_map(i32::to_le_bytes));
        }
    }
    for part in &parts {
        columns[0].extend(&part.queries);
        columns[1].extend(&part.scores);
        columns[6].extend(&part.kinds);
    }
    Ok(columns)
}

fn too_large(found: &Found) -> String {
    format!(
        "{} queries have {} hits, whose names are more than one table holds; search for fewer at a time",
        found.ends.len(),
        found.hits.len()
    )
}
