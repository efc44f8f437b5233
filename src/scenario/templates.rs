//! Scenario files to begin with, for `init`.

/// Name and text of every template; the first is the default.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("duopoly", include_str!("templates/duopoly.toml")),
    ("minimal", include_str!("templates/minimal.toml")),
    ("four_platforms", include_str!("templates/four_platforms.toml")),
];

/// The text of a template.
///
/// ```
/// assert!(ecotone::scenario::templates::template("duopoly").unwrap().contains("[[platforms]]"));
/// assert_eq!(ecotone::scenario::templates::template("nonesuch"), None);
/// ```
pub fn template(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
