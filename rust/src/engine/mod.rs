//! The matching engine: one score, and a search that returns exactly what scoring every name would return.
//!
//! `similarity` says how alike two words are, `score` how alike two names are, `segment` lays a list out in memory,
//! `build` fills it, `search` finds: a `reading` of a text says where anything may be like it, an `inquiry` by which words
//! that is found, `scan` reads their postings, `verify` looks at the names found; what a search learned is `kept` for the
//! next. `identifiers` stand beside the names. The completeness argument stands in `search`.

pub mod batch;
pub mod bounds;
pub mod build;
pub mod calibration;
mod check;
pub mod columns;
pub mod edges;
pub mod identifiers;
pub mod inquiry;
pub mod kept;
pub mod layout;
pub mod memory;
pub mod met;
pub mod probe;
pub mod reach;
pub mod reading;
pub mod rolling;
pub mod scan;
pub mod score;
pub mod search;
pub mod segment;
pub mod similarity;
pub mod table;
pub mod unit;
pub mod verify;
pub mod words;
