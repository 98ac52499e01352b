//! The native core of vacatur: mechanism only, whole batches in and whole results out. Policy stays in Python.

pub mod lexicon;
pub mod normalise;
#[cfg(feature = "python")]
mod python;
pub mod tokens;
