//! The program; all that it does stands in the library's `cli` room.

fn main() -> std::process::ExitCode {
    ecotone::cli::main()
}
