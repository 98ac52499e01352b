//! The native core of vacatur: mechanism only, whole batches in and whole results out. Policy stays in Python.

pub mod engine;
pub mod lexicon;
pub mod normalise;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "python")]
mod python_engine;
pub mod tokens;
