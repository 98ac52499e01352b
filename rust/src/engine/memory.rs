//! The memory that holds an image: built here, or a mapped file.

/// An image's bytes, aligned for every array in it.
pub enum Memory {
    /// Built by this process; whole words keep it aligned.
    Owned(Vec<u64>),
    /// A mapped file, shared by all processes that open it.
    Mapped(memmap2::Mmap),
}

impl Memory {
    /// The image.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Owned(words) => bytemuck::cast_slice(words),
            Self::Mapped(map) => map,
        }
    }
}
