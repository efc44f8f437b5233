//! Fixed chunks, merged in order; the only file that knows threads exist.
