//! The native core of vacatur: mechanism only, whole batches in and whole results out. Policy stays in Python.

pub mod engine;
pub mod lexicon;
pub mod normalise;
mod persons;
mod phrases;
mod prefetch;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "python")]
mod python_column;
#[cfg(feature = "python")]
mod python_engine;
#[cfg(feature = "python")]
mod python_tokens;
#[cfg(any(feature = "python", test))]
mod quiet;
mod signs;
mod skeleton;
pub mod tokens;
mod translit;
mod unspaced;
mod words;
