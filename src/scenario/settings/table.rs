//! Every setting, once. Long because it is the reference manual: one entry a setting, in file order.

use super::Default::{Absent, Integer, NoShares, Pairs, Required, Same, Text, Truth};
use super::{Absence, Default, Kind, Range, Section, Setting};

/// Longest horizon and longest tenure: days are stored in 16 bits beside a marker.
const LONGEST: i64 = 20_000;
/// Utilities beyond this are typing errors.
const NATS: f64 = 1e6;
const UNIT: Range = Range::closed(0.0, 1.0);
const POSITIVE: Range = Range::closed(0.0, NATS);
const ANY: Range = Range::closed(-NATS, NATS);
const MONEY: Range = Range::closed(0.0, 1e9);
const YEARLY: Range = Range::closed(0.0, 1e15);
const SPREAD: Range = Range::closed(0.0, 5.0);
const GUESS: &str = "assumption";

/// Every table and list of tables.
#[rustfmt::skip]
pub const SECTIONS: &[Section] = &[
    section("market", Absence::Fault, 1, "Who and when: the market's size and dates."),
    section("run", Absence::Defaults, 1, "How often and from which seed the market is simulated."),
    section("measures", Absence::Defaults, 1, "How activity and retention are measured."),
    section("users", Absence::Defaults, 1, "How users differ."),
    section("choice", Absence::Defaults, 1, "What makes users reconsider, stay and move."),
    section("second_home", Absence::Defaults, 1, "Whether and why users keep a second platform."),
    section("activity", Absence::Defaults, 1, "What makes users open their platform on a day."),
    section("plans", Absence::Defaults, 1, "What makes users pay."),
    section("community", Absence::Defaults, 1, "The stock of community content."),
    section("supply", Absence::Defaults, 1, "What money buys."),
    section("ties", Absence::Defaults, 1, "Who knows whom."),
    section("genres[]", Absence::Defaults, 16, "Genres, the niche axis; absent: one genre named music."),
    section("rights_holders[]", Absence::Defaults, 64,
        "Rights holders; absent: one named all, owning everything."),
    section("platforms[]", Absence::Fault, 15, "The competing platforms."),
    section("platforms[].budget", Absence::Nothing, 1,
        "What the platform spends to get better; absent: nothing."),
    section("platforms[].costs", Absence::Nothing, 1,
        "Other costs, and what advertising brings; absent: none."),
    section("platforms[].basic", Absence::Nothing, 1, "The basic plan, tier 1; absent: none is sold."),
    section("platforms[].premium", Absence::Nothing, 1, "The premium plan, tier 2; absent: none is sold."),
    section("platforms[].initial", Absence::Defaults, 1, "The platform's users on day 0."),
    section("audiences[]", Absence::Nothing, 8, "Named groups of users that are measured apart."),
    section("events[]", Absence::Nothing, 1000, "Dated events."),
    section("targets[]", Absence::Nothing, 1000, "Published figures to set beside the simulated ones."),
];

/// Every setting, in the order of the file: path, values, unit, default; below them meaning and source.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = &[
    integer("schema", 1, 1, "", Required, "Version of this file format.", GUESS),
    other("name", Kind::Identifier, Required, "Identifier of the scenario; names the output folder."),
    other("title", Kind::Text(200), Same("name"), "Heading of charts and of the report."),
    other("question", Kind::Text(2000), Text(""), "The question that the scenario asks."),
    other("sources", Kind::Lines, Text(""), "What to read: where the scenario's numbers come from."),
    // Market.
    integer("market.users", 1, 1_000_000_000, "users", Required,
        "Simulated users; sets resolution, not dynamics.", GUESS),
    Setting {
        default: Same("market.users"),
        ..number("market.population", Range::closed(1.0, 1e11), "people", 0.0,
        "People whom the simulated users stand for; scales every count of people.", GUESS)
    },
    other("market.currency", Kind::Text(12), Text("units"),
        "Name of the currency in which prices are given."),
    other("market.start", Kind::Date, Text("2025-01-01"), "First simulated day."),
    integer("market.days", 1, LONGEST, "days", Absent, "Simulated days; either this or `end`.", GUESS),
    other("market.end", Kind::Date, Absent, "Last simulated day, inclusive; either this or `days`."),
    truth("market.outside", true, "Whether users may live on no platform at all."),
    truth("market.sorted_start", true,
        "Whether users start where their tastes draw them (a grown market) or at random (a launch)."),
    // Run.
    integer("run.seed", 0, i64::MAX, "", Integer(1),
        "Seed of every draw; the same seed gives the same bits.", GUESS),
    integer("run.replications", 1, 10_000, "runs", Integer(10),
        "Independent replications, from which bands are made.", GUESS),
    integer("run.first_replication", 0, 1_000_000_000, "", Integer(0),
        "Number of the first replication; 7 with one replication repeats number 7 of a batch alone.", GUESS),
    number("run.confidence", Range { low: 0.0, high: 1.0, above: true, below: true }, "probability", 0.95,
        "Level of every interval and band.", "convention"),
    truth("run.allow_tipping", false,
        "Whether to run although ties are so strong that the market tips to one platform."),
    // Measures.
    other("measures.activity", Kind::Word(&["full", "panel", "off"]), Text("panel"),
        "Whose daily activity is simulated: every user's, a random panel's, nobody's."),
    integer("measures.panel_users", 1, 1_000_000_000, "users", Integer(1_000_000),
        "Users in the activity panel; no more than there are.", GUESS),
    integer("measures.mau_window_days", 1, 32, "days", Integer(30),
        "Window of monthly active users.", "convention"),
    integer("measures.retention_days", 1, 3_650, "days", Integer(180),
        "Longest age at which classic, rolling and bracket retention are measured.", GUESS),
    Setting {
        default: Pairs(&[[1, 7], [8, 30], [31, 90]]),
        ..other("measures.brackets", Kind::Pairs(3_650), Absent,
        "Age brackets of retention in days, first and last included; absent: those that fit `retention_days`.")
    },
    number("measures.discount_monthly", Range::below(0.0, 1.0), "per month", 0.01,
        "Discount rate of lifetime value.", GUESS),
    number("measures.success_share", Range { low: 0.0, high: 1.0, above: true, below: true }, "share", 0.05,
        "Share of platform users at which a platform that enters has succeeded.", GUESS),
    truth("measures.reasons", true,
        "Whether the reasons of every move are summed, term by term; false saves a little time."),
    // Users.
    integer("users.types", 1, 65_536, "types", Integer(1024),
        "Types of users, drawn once; each holds tastes and sensitivities.", GUESS),
    number("users.taste_log_sd", SPREAD, "log", 1.0,
        "Spread of taste weights between users; 0 makes tastes equal.", GUESS),
    number("users.catalogue_log_sd", SPREAD, "log", 0.5,
        "Spread of the weight of the catalogue (median 1).", GUESS),
    number("users.social_log_sd", SPREAD, "log", 0.5,
        "Spread of the weight of social terms (median 1).", GUESS),
    plausible(number("users.price_sensitivity", MONEY, "nat per currency unit and month", 0.06,
        "Median disutility of a currency unit a month.", GUESS), 0.02, 0.2),
    number("users.price_log_sd", SPREAD, "log", 0.5, "Spread of price sensitivity.", GUESS),
    number("users.q0_mean", ANY, "logit", -2.5, "Mean base propensity to be active on a day.", GUESS),
    number("users.q0_sd", POSITIVE, "logit", 1.6, "Spread of the base propensity to be active.", GUESS),
    number("users.xi_sd", POSITIVE, "nat", 1.0, "Spread of persistent personal tastes for platforms.", GUESS),
    // Choice.
    plausible(number("choice.lambda_0", UNIT, "per day", 1.0 / 30.0,
        "Chance that a user reconsiders the platform on a day, for no reason (once in 30 days).", GUESS), 1.0 / 180.0, 1.0 / 7.0),
    number("choice.lambda_e", UNIT, "share", 0.5,
        "How strongly news about the own platform triggers reconsideration.", GUESS),
    plausible(number("choice.tau_e", Range::above(0.0, 3_650.0), "days", 7.0,
        "Decay of news.", GUESS), 1.0, 30.0),
    plausible(number("choice.lambda_w", UNIT, "per moved tie", 0.0,
        "Chance to reconsider when a tie moved yesterday.", GUESS), 0.0, 0.2),
    plausible(number("choice.beta_c", POSITIVE, "nat", 4.0,
        "Worth of a full catalogue against none.", GUESS), 1.0, 8.0),
    plausible(number("choice.chi", Range::closed(0.0, 100.0), "", 2.0,
        "Diminishing returns of coverage; 0 makes worth proportional to coverage.", GUESS), 0.0, 6.0),
    plausible(number("choice.beta_s", POSITIVE, "nat per unit tie share", 0.8,
        "Worth of having all one's ties on a platform.", GUESS), 0.0, 2.0),
    plausible(number("choice.beta_u", POSITIVE, "nat", 0.15, "Worth of community content.", GUESS), 0.0, 0.5),
    number("choice.k_ref", Range::above(0.0, 1e6), "items per head and day", 0.05,
        "Stock of community content at which its worth is ln 2.", GUESS),
    plausible(number("choice.beta_r", POSITIVE, "nat", 0.5,
        "Worth of the best recommender against none.", GUESS), 0.0, 1.0),
    plausible(number("choice.beta_n", POSITIVE, "", 0.0,
        "Installed base: weight of the logarithm of the market share; 1 is a Polya urn.", GUESS), 0.0, 1.0),
    plausible(number("choice.kappa_0", POSITIVE, "nat", 1.8,
        "Hassle of joining another platform.", GUESS), 0.0, 4.0),
    plausible(number("choice.kappa_q", POSITIVE, "nat", 0.9,
        "Hassle of quitting altogether.", GUESS), 0.0, 4.0),
    plausible(number("choice.kappa_h", POSITIVE, "nat", 2.6,
        "Lock-in by a full stock of own playlists, history and comments.", GUESS), 0.0, 5.0),
    plausible(number("choice.delta_h", UNIT, "per day", 1.0 / 90.0,
        "Forgetting of the own stock (1/90: three months).", GUESS), 1.0 / 365.0, 1.0 / 30.0),
    number("choice.varrho", UNIT, "share", 0.5,
        "Share of the cost waived on return to a remembered account.", GUESS),
    number("choice.portability", UNIT, "share", 0.0,
        "Share of the own stock that can be taken along.", GUESS),
    plausible(number("choice.tau_t", Range::closed(0.0, 36_500.0), "days", 60.0,
        "Time to build taste ties on a new platform; 0: at once.", GUESS), 0.0, 365.0),
    plausible(number("choice.omega", UNIT, "per tie", 0.04,
        "Word of mouth: chance that a tie makes its platform known.", GUESS), 0.0, 0.2),
    // Second home.
    truth("second_home.allowed", false,
        "Whether users may keep a second platform beside their home."),
    plausible(number("second_home.kappa_2", ANY, "nat", 2.7,
        "Hassle of keeping a second platform.", GUESS), 1.0, 5.0),
    plausible(number("second_home.kappa_2_known", POSITIVE, "nat", 1.0,
        "How much of that hassle a remembered account saves.", GUESS), 0.0, 3.0),
    plausible(number("second_home.mu_s", POSITIVE, "", 0.5,
        "Weight of ties in the choice of a second platform, as a part of their weight in the choice of a home.",
        GUESS), 0.0, 1.0),
    plausible(number("second_home.eta_2", UNIT, "share", 0.35,
        "Activity on the second platform, as a part of activity at home.", GUESS), 0.1, 1.0),
    // Activity.
    plausible(number("activity.psi_m", ANY, "logit", 0.8,
        "Catalogue's effect on daily activity.", GUESS), 0.0, 3.0),
    plausible(number("activity.psi_s", ANY, "logit", 1.8,
        "Ties' effect on daily activity.", GUESS), 0.0, 3.0),
    plausible(number("activity.psi_u", ANY, "logit", 0.1,
        "Community content's effect on daily activity.", GUESS), 0.0, 3.0),
    plausible(number("activity.psi_paid", ANY, "logit", 0.6,
        "Paying's effect on daily activity.", GUESS), 0.0, 3.0),
    plausible(number("activity.psi_f", ANY, "logit", 0.0,
        "Effect of a feature's activity pulse.", GUESS), 0.0, 3.0),
    // Plans.
    number("plans.w0_basic", ANY, "nat", -3.3, "Base worth of the basic plan.", GUESS),
    number("plans.w0_premium", ANY, "nat", -3.3, "Base worth of the premium plan.", GUESS),
    number("plans.w_f", POSITIVE, "nat", 1.3,
        "Motive to pay: feature unlocking, by how active the user is.", GUESS),
    number("plans.w_i", POSITIVE, "nat", 1.0,
        "Motive to pay: identity affirmation, scaled by the plan's `identity`.", GUESS),
    number("plans.w_v", POSITIVE, "nat", 0.45,
        "Motive to pay: paying ties (one of them adds this much).", "Bapna & Umyarov 2015: one paying friend raises the odds by 50-60 %; ln 1.57"),
    number("plans.w_g", POSITIVE, "nat", 1.0,
        "Motive to pay: the catalogue that the free tier keeps shut.", GUESS),
    number("plans.w_a", POSITIVE, "nat", 0.5,
        "Annoyance of a full advertising load on the free tier.", GUESS),
    number("plans.kappa_tier", POSITIVE, "nat", 3.6, "Inertia of the plan (renewal is automatic).", GUESS),
    number("plans.rho_t", Range::closed(0.001, 1000.0), "nat", 1.0,
        "Scale of chance in the choice of a plan.", GUESS),
    number("plans.lambda_c", UNIT, "per day", 1.0 / 30.0,
        "Chance that a free user sees an offer on a day (once in 30 days).", GUESS),
    // Community.
    plausible(number("community.delta_k", UNIT, "per day", 1.0 / 60.0,
        "Ageing of community content (1/60: two months).", GUESS), 1.0 / 365.0, 1.0 / 14.0),
    plausible(number("community.nu", POSITIVE, "", 0.0,
        "Feedback: how much interaction with content adds to its creation; 0 switches it off.", GUESS), 0.0, 5.0),
    // Supply.
    number("supply.eta_o", POSITIVE, "per currency and creator", 0.0,
        "Originals that money and creators make; 0: money makes none.", GUESS),
    number("supply.delta_o", UNIT, "per day", 0.0,
        "Ageing of originals (1/720: two years); 0, so that given coverage stays.", GUESS),
    number("supply.licences_scale", MONEY, "currency per head and year", 0.0,
        "Spending on licences that closes 63 % of the gap to full licences; 0: it closes nothing.", GUESS),
    number("supply.community_scale", MONEY, "currency per head and year", 0.0,
        "Spending on the community that doubles the creation of content; 0: it adds nothing.", GUESS),
    number("supply.marketing_scale", MONEY, "currency per head and year", 0.0,
        "Spending on marketing that closes 63 % of the gap to full awareness; 0: it closes nothing.", GUESS),
    plausible(number("supply.eta_x", Range::closed(0.0, 100.0), "per review", 0.0,
        "How fast budgets follow returns; 0: they stay as they are.", GUESS), 0.0, 2.0),
    integer("supply.review_days", 1, 20_000, "days", Integer(91),
        "Days between reviews, at which returns on money are measured and budgets may follow.", GUESS),
    // Ties.
    other("ties.kind", Kind::Word(&["matching", "well_mixed", "watts_strogatz", "edge_list", "erdos_renyi",
        "stochastic_block", "barabasi_albert"]), Text("matching"),
        "Where ties come from."),
    integer("ties.k_friends", 0, 32, "ties", Integer(8), "Friends a user (matching).", GUESS),
    integer("ties.k_taste", 0, 32, "ties", Integer(8), "Fellow fans a user (matching).", GUESS),
    integer("ties.block", 2, 1_000_000, "users", Integer(200),
        "Size of the households, classes and fan clubs inside which ties cluster (matching, stochastic_block).", GUESS),
    integer("ties.degree", 2, 254, "ties", Integer(8),
        "Neighbours on the ring, an even number (watts_strogatz); mean number of ties (erdos_renyi).", GUESS),
    number("ties.rewiring", UNIT, "probability", 0.1,
        "Chance that a neighbour is replaced by a random user (watts_strogatz).", GUESS),
    number("ties.within", Range::closed(0.0, 254.0), "ties", 6.0,
        "Mean number of ties inside the own block (stochastic_block).", GUESS),
    number("ties.between", Range::closed(0.0, 254.0), "ties", 2.0,
        "Mean number of ties to other blocks (stochastic_block).", GUESS),
    integer("ties.attachments", 1, 127, "ties", Integer(4),
        "Ties with which a user arrives, to others in proportion to their ties (barabasi_albert).", GUESS),
    other("ties.file", Kind::Text(255), Text(""),
        "Edge list in the scenario's folder: two user numbers a line, apart by blanks, commas or semicolons, # before comments, plain or gzip (edge_list)."),
    // Genres and rights holders.
    other("genres[].name", Kind::Name, Required, "Name of the genre."),
    number("genres[].weight", Range::above(0.0, 1e6), "weight", 1.0,
        "Mean taste for the genre; weights are normalised.", GUESS),
    other("rights_holders[].name", Kind::Name, Required, "Name of the rights holder."),
    Setting { unit: "share of demand", ..other("rights_holders[].share", Kind::Shares("genres"), Required,
        "Share of each genre's listening demand that the holder owns; sums to 1 over holders.") },
    // Platforms.
    other("platforms[].name", Kind::Name, Required, "Name of the platform; chance is keyed by it."),
    other("platforms[].label", Kind::Text(60), Same("name"), "Name on charts."),
    number("platforms[].alpha", ANY, "nat", 0.0,
        "Residual attractiveness, the only free level of a platform.", GUESS),
    number("platforms[].open", UNIT, "share", 0.3,
        "Openness: how much strangers of like taste and their content can be met (community platform: 1).", GUESS),
    number("platforms[].aware", UNIT, "share", 0.75, "Share of the market that knows the platform.", GUESS),
    number("platforms[].y0", Range::closed(0.0, 1e6), "items per active user and day", 0.05,
        "Creation of community content (0.03 to 0.1).", GUESS),
    number("platforms[].view", Range::closed(0.0, 1e6), "items per active user and day", 0.5,
        "Community content that an active user views, which `community.nu` turns into more of it.", GUESS),
    number("platforms[].recommender", UNIT, "share", 0.5, "Quality of the recommender.", GUESS),
    number("platforms[].free_catalogue", UNIT, "share", 0.8,
        "Share of the catalogue that the free tier opens.", GUESS),
    number("platforms[].ad_load", UNIT, "share", 0.3, "Advertising load of the free tier.", GUESS),
    number("platforms[].margin", UNIT, "share", 0.3, "Gross margin on revenue, for lifetime value.", GUESS),
    Setting { unit: "share", ..other("platforms[].licences", Kind::Shares("rights_holders"), NoShares,
        "Licensed share of each rights holder's works.") },
    Setting { unit: "share", ..other("platforms[].originals", Kind::Shares("genres"), NoShares,
        "Coverage of each genre by original content.") },
    Setting { unit: "share", ..other("platforms[].second_homes", Kind::Shares("platforms"), NoShares,
        "Share of the platform's users on day 0 who use that platform as their second.") },
    number("platforms[].creators", UNIT, "per user", 0.01, "Creators, who turn money into originals.", GUESS),
    money("platforms[].budget.licences", "Money for licences beside the fees of `costs`."),
    money("platforms[].budget.community", "Money that encourages the creation of community content."),
    money("platforms[].budget.originals", "Money for original content."),
    money("platforms[].budget.marketing", "Money for being known."),
    Setting { default: Absent, unit: "share", ..other("platforms[].budget.originals_genres", Kind::Shares("genres"), Absent,
        "How the money for originals is split; normalised; absent: by the genres' weights.") },
    Setting { unit: "currency a year", ..other("platforms[].costs.fees", Kind::Amounts("rights_holders"), NoShares,
        "Fees to rights holders.") },
    number("platforms[].costs.revenue_share", UNIT, "share", 0.0,
        "Share of revenue that goes to rights holders.", GUESS),
    number("platforms[].costs.per_active_day", MONEY, "currency per active user and day", 0.0,
        "Cost of serving an active user.", GUESS),
    number("platforms[].costs.ad_revenue", MONEY, "currency per active free user and day", 0.0,
        "What a full advertising load brings.", GUESS),
    price("platforms[].basic.price", "Price of the basic plan."),
    number("platforms[].basic.feature", POSITIVE, "", 0.5, "Features that the basic plan unlocks.", GUESS),
    number("platforms[].basic.identity", POSITIVE, "", 0.2,
        "Identity that the basic plan affirms (catalogue platform 0.2, community platform 4).", GUESS),
    price("platforms[].premium.price", "Price of the premium plan."),
    number("platforms[].premium.feature", POSITIVE, "", 1.0,
        "Features that the premium plan unlocks.", GUESS),
    number("platforms[].premium.identity", POSITIVE, "", 0.2,
        "Identity that the premium plan affirms (catalogue platform 0.2, community platform 4).", GUESS),
    number("platforms[].initial.share", UNIT, "share", 0.0,
        "Share of the market at home here on day 0; what is left starts outside.", GUESS),
    number("platforms[].initial.basic", UNIT, "share", 0.0,
        "Share of the platform's users on the basic plan on day 0.", GUESS),
    number("platforms[].initial.premium", UNIT, "share", 0.0,
        "Share of the platform's users on the premium plan on day 0.", GUESS),
    integer("platforms[].initial.max_tenure_days", 0, LONGEST, "days", Integer(730),
        "Longest possible tenure on day 0: the platform's age.", GUESS),
    other("platforms[].initial.founders", Kind::Word(&["tastes", "spread", "blocks"]), Text("tastes"),
        "Who they are: those whom tastes draw, as many in every block of `ties.block` users, or all users of the first blocks."),
    // Audiences.
    other("audiences[].name", Kind::Name, Required, "Name of the audience."),
    other("audiences[].label", Kind::Text(60), Same("name"),
        "Name on charts and in reports; absent: the name with blanks for its underscores."),
    other("audiences[].genre", Kind::Reference("genres"), Required, "Genre whose listeners they are."),
    Setting { default: Absent, ..number("audiences[].min_weight", UNIT, "share", 0.0,
        "Least taste weight of a member; absent: the genre is the member's largest weight.", GUESS) },
    // Events.
    other("events[].kind", Kind::Word(&["licence", "sublicence", "exclusivity_ban", "feature", "price", "campaign", "entry", "exit",
        "portability", "partnership", "kol_signing", "originals_programme"]), Required,
        "What happens."),
    other("events[].date", Kind::Date, Absent, "Date on which it takes effect; either this or `day`."),
    integer("events[].day", 0, LONGEST, "days", Absent,
        "Day, from 0, on which it takes effect; either this or `date`.", GUESS),
    other("events[].label", Kind::Text(60), Text(""), "Name on charts."),
    other("events[].platform", Kind::Reference("platforms"), Required,
        "The platform concerned (all but sublicence, exclusivity_ban, portability)."),
    other("events[].from", Kind::Reference("platforms"), Required,
        "The platform that passes rights on (sublicence)."),
    other("events[].to", Kind::Reference("platforms"), Required,
        "The platform that receives rights (sublicence)."),
    other("events[].holder", Kind::Reference("rights_holders"), Required,
        "The rights holder concerned (licence, sublicence)."),
    other("events[].holders", Kind::References("rights_holders"), Absent,
        "The rights holders concerned; absent: all (exclusivity_ban)."),
    Setting { default: Required, ..number("events[].share", UNIT, "share", 0.0,
        "The new licensed share; of the giver's share in a sublicence, of the best share in a ban.", GUESS) },
    other("events[].until", Kind::Day, Absent,
        "Date or day on which it ends and the former licence returns (licence, sublicence, originals_programme, kol_signing)."),
    integer("events[].hubs", 1, 1_000_000_000, "users", Required,
        "So many users with the most ties move to the platform and stay until the contract ends (kol_signing).", GUESS),
    other("events[].pick", Kind::Word(&["ties", "chance"]), Text("ties"),
        "Who signs: those with the most ties, or as many whom chance picks (kol_signing)."),
    optional("events[].fee", YEARLY, "currency a year",
        "New fee to the holder, until the licence returns; absent: as before, to stars none (licence, sublicence, kol_signing)."),
    Setting { default: Required, ..number("events[].per_year", YEARLY, "currency a year", 0.0,
        "Money for originals beside the budget (originals_programme).", GUESS) },
    Setting { unit: "share", ..other("events[].genres", Kind::Shares("genres"), Absent,
        "How the money is split; normalised; absent: by the genres' weights (originals_programme).") },
    optional("events[].recommender", UNIT, "share", "New quality of the recommender (feature)."),
    optional("events[].open", UNIT, "share", "New openness (feature)."),
    optional("events[].feature", POSITIVE, "", "New worth of the features that plans unlock (feature)."),
    optional("events[].identity", POSITIVE, "", "New worth of the identity that plans affirm (feature)."),
    number("events[].pulse", Range::closed(-1000.0, 1000.0), "", 0.0,
        "Height of the pulse of activity, multiplied by `activity.psi_f` (feature).", GUESS),
    number("events[].half_life_days", Range::above(0.0, 36_500.0), "days", 14.0,
        "Half-life of the pulse (feature, campaign, partnership, kol_signing).", GUESS),
    integer("events[].copy_lag_days", 1, LONGEST, "days", Absent,
        "Days after which rivals have copied the feature; absent: never (feature).", GUESS),
    optional("events[].basic", MONEY, "currency per month", "New price of the basic plan (price)."),
    optional("events[].premium", MONEY, "currency per month", "New price of the premium plan (price)."),
    optional("events[].ad_load", UNIT, "share", "New advertising load (price)."),
    Setting { default: Required, ..number("events[].awareness", UNIT, "share", 0.0,
        "Awareness that advertising adds at first (campaign, partnership, kol_signing).", GUESS) },
    Setting { default: Required, ..number("events[].portability", UNIT, "share", 0.0,
        "Share of the own stock that movers may take along from then on (portability).", GUESS) },
    optional("events[].ties", UNIT, "share",
        "Share of relations with taste neighbours that travel with a mover; absent: as before (portability)."),
    other("events[].partner", Kind::Reference("platforms"), Required, "The other partner (partnership)."),
    number("events[].bridge", UNIT, "share", 0.0,
        "Share of the partner's community content that is felt here too, both ways (partnership).", GUESS),
    Setting { unit: "share", ..other("events[].originals", Kind::Shares("genres"), NoShares,
        "Least share of the other's originals that each partner has (partnership); what stars close of the gap (kol_signing).") },
    // Targets.
    other("targets[].platform", Kind::Reference("platforms"), Required, "Platform of the published figure."),
    other("targets[].measure", Kind::Word(&["mau", "stickiness", "paid_ratio", "payers", "arppu"]), Required,
        "What the figure measures."),
    other("targets[].from", Kind::Day, Required, "First date or day of the period."),
    other("targets[].to", Kind::Day, Required, "Last date or day of the period, inclusive."),
    Setting { default: Required, ..number("targets[].value", Range::closed(0.0, 1e15), "of the measure", 0.0,
        "The published figure: people, a ratio, or currency per month.", GUESS) },
    other("targets[].source", Kind::Text(500), Required, "Where it was published."),
    other("targets[].bound", Kind::Word(&["value", "at_least", "at_most"]), Text("value"),
        "Whether the figure was published as a value or as a bound."),
    other("targets[].role", Kind::Word(&["compare", "fitted", "given", "predicted"]), Text("compare"),
        "What the scenario did with the figure: fitted settings to it, was given it as an input, or predicts it."),
];

const fn section(path: &'static str, absence: Absence, most: usize, meaning: &'static str) -> Section {
    Section { path, absence, most, meaning }
}

const fn number(
    path: &'static str,
    range: Range,
    unit: &'static str,
    default: f64,
    meaning: &'static str,
    source: &'static str,
) -> Setting {
    let kind = Kind::Number(range);
    Setting { path, kind, unit, default: Default::Number(default), plausible: None, meaning, source }
}

const fn optional(path: &'static str, range: Range, unit: &'static str, meaning: &'static str) -> Setting {
    Setting { default: Absent, ..number(path, range, unit, 0.0, meaning, GUESS) }
}

const fn money(path: &'static str, meaning: &'static str) -> Setting {
    number(path, YEARLY, "currency a year", 0.0, meaning, GUESS)
}

const fn price(path: &'static str, meaning: &'static str) -> Setting {
    Setting { default: Required, ..number(path, MONEY, "currency per month", 0.0, meaning, GUESS) }
}

const fn plausible(setting: Setting, low: f64, high: f64) -> Setting {
    Setting { plausible: Some([low, high]), ..setting }
}

const fn integer(
    path: &'static str,
    low: i64,
    high: i64,
    unit: &'static str,
    default: Default,
    meaning: &'static str,
    source: &'static str,
) -> Setting {
    Setting { path, kind: Kind::Integer(low, high), unit, default, plausible: None, meaning, source }
}

const fn truth(path: &'static str, default: bool, meaning: &'static str) -> Setting {
    other(path, Kind::Truth, Truth(default), meaning)
}

const fn other(path: &'static str, kind: Kind, default: Default, meaning: &'static str) -> Setting {
    Setting { path, kind, unit: "", default, plausible: None, meaning, source: GUESS }
}
