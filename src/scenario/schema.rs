//! The JSON Schema of a scenario file.
