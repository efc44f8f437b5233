//! Every promise of the program, a file each; one binary, so that the list of files is the list of guarantees.

mod architecture;
mod calibration;
mod cli;
mod common;
mod conservation;
mod coverage;
mod determinism;
mod direction;
mod faults;
mod guard;
mod guide;
mod hostile_scenarios;
mod knobs;
mod limits;
mod main_job;
mod metamorphic;
mod reference;
mod report;
mod report_story;
mod report_study;
mod scenario_files;
mod scenarios;
mod sensitivity;
mod shipped;
mod statistics;
mod study_story;
