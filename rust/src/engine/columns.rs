//! What was found for many queries as columns of a table, in the layout of Arrow.
//!
//! Millions of hits are hundreds of megabytes, and most of the time goes into touching that memory for the first time.
//! So every column is made at its full size, and all cores write into it where its bytes stay.

use std::ops::Range;

use rayon::prelude::*;

use crate::engine::batch::Found;
use crate::engine::search::Hit;
use crate::engine::segment::List;

/// Hits that are written by one core at a time.
const HITS: usize = 1 << 13;
/// Hits whose texts are asked for before the first of them is read.
const TOGETHER: usize = 64;

/// Rows of the queries (u32), scores (f64), ids, names (each as ends (i32) and bytes) and kinds (u8).
pub type Columns = [Vec<u8>; 7];

/// A column that is being written, from where it goes on.
struct Rest<'c>(&'c mut [u8]);

impl<'c> Rest<'c> {
    fn cut(&mut self, size: usize) -> Rest<'c> {
        let (head, tail) = std::mem::take(&mut self.0).split_at_mut(size);
        self.0 = tail;
        Rest(head)
    }

    fn put(&mut self, bytes: &[u8]) {
        self.cut(bytes.len()).0.copy_from_slice(bytes);
    }
}

/// A column of texts that is being written.
struct Texts<'c> {
    ends: Rest<'c>,
    bytes: Rest<'c>,
    /// Bytes of all texts before.
    before: usize,
}

impl<'c> Texts<'c> {
    fn new([ends, bytes]: [&'c mut Vec<u8>; 2]) -> Self {
        let mut texts = Self { ends: Rest(ends), bytes: Rest(bytes), before: 0 };
        texts.ends.put(&0i32.to_le_bytes());
        texts
    }

    fn cut(&mut self, rows: usize, bytes: usize) -> Self {
        let before = self.before;
        self.before += bytes;
        Self { ends: self.ends.cut(rows * size_of::<i32>()), bytes: self.bytes.cut(bytes), before }
    }

    fn put(&mut self, text: &str) {
        self.before += text.len();
        self.bytes.put(text.as_bytes());
        // All of them were seen to fit.
        self.ends.put(&i32::try_from(self.before).unwrap_or(i32::MAX).to_le_bytes());
    }
}

/// Some rows of all columns that are being written.
struct Rows<'c> {
    queries: Rest<'c>,
    scores: Rest<'c>,
    ids: Texts<'c>,
    names: Texts<'c>,
    kinds: Rest<'c>,
}

impl Rows<'_> {
    fn cut(&mut self, rows: usize, [ids, names]: [usize; 2]) -> Self {
        Self {
            queries: self.queries.cut(rows * size_of::<u32>()),
            scores: self.scores.cut(rows * size_of::<f64>()),
            ids: self.ids.cut(rows, ids),
            names: self.names.cut(rows, names),
            kinds: self.kinds.cut(rows),
        }
    }

    fn write(&mut self, list: &List<'_>, found: &Found, hits: Range<usize>) {
        let mut query = found.ends.partition_point(|end| *end <= hits.start);
        for row in hits.clone() {
            while found.ends[query] <= row {
                query += 1;
            }
            self.queries.put(&u32::try_from(query).unwrap_or(u32::MAX).to_le_bytes());
        }
        for hits in found.hits[hits].chunks(TOGETHER) {
            for hit in hits {
                list.texts_ahead(hit.row);
            }
            for hit in hits {
                self.scores.put(&(f64::from(hit.score) / 1e6).to_le_bytes());
                self.kinds.put(&[u8::try_from(list.kind_of(hit.row)).unwrap_or(0)]);
                self.ids.put(list.id(hit.row));
                self.names.put(list.text(hit.row));
            }
        }
        let whole = self.ids.bytes.0.is_empty() && self.names.bytes.0.is_empty();
        assert!(whole, "a text of a damaged index is shorter than the index says");
    }
}

/// Bytes of the ids and of the names of some hits.
fn sizes(list: &List<'_>, hits: &[Hit]) -> [usize; 2] {
    hits.chunks(TOGETHER).fold([0, 0], |sizes, hits| {
        for hit in hits {
            list.row_ahead(hit.row);
        }
        hits.iter().fold(sizes, |[ids, names], hit| {
            let [id, name] = list.lengths(hit.row);
            [ids + id, names + name]
        })
    })
}

/// The hits as columns, written by all cores: what a hit tells of lies anywhere in the index.
///
/// # Errors
///
/// When ids or names come to more bytes than one column can hold.
pub fn columns(list: &List<'_>, found: &Found) -> Result<Columns, String> {
    let all = found.hits.len();
    let parts: Vec<Range<usize>> = (0..all).step_by(HITS).map(|first| first..all.min(first + HITS)).collect();
    let sizes: Vec<[usize; 2]> =
        parts.par_iter().map(|part| sizes(list, &found.hits[part.clone()])).collect();
    let [ids, names] = sizes.iter().fold([0, 0], |[ids, names], part| [ids + part[0], names + part[1]]);
    i32::try_from(ids.max(names)).map_err(|_| too_large(found))?;
    let ends = size_of::<i32>() * (all + 1);
    let rows = [size_of::<u32>(), size_of::<f64>()].map(|size| size * all);
    let mut columns: Columns = [rows[0], rows[1], ends, ids, ends, names, all].map(|size| vec![0; size]);
    let [queries, scores, id_ends, ids, name_ends, names, kinds] = &mut columns;
    let mut rest = Rows {
        queries: Rest(queries),
        scores: Rest(scores),
        ids: Texts::new([id_ends, ids]),
        names: Texts::new([name_ends, names]),
        kinds: Rest(kinds),
    };
    let cut: Vec<(Range<usize>, Rows<'_>)> =
        parts.into_iter().zip(sizes).map(|(part, size)| (part.clone(), rest.cut(part.len(), size))).collect();
    cut.into_par_iter().for_each(|(part, mut rows)| rows.write(list, found, part));
    Ok(columns)
}

fn too_large(found: &Found) -> String {
    format!(
        "{} queries have {} hits, whose names are more than one table holds; search for fewer at a time",
        found.ends.len(),
        found.hits.len()
    )
}
