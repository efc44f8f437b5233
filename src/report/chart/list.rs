//! The charts in the order of the report.

use crate::report::chart::{
    Chart, active_days, audience_niche, audiences, budget, causes, coexistence, entrants, flows,
    gratifications, migration, niche_map, niche_overlap, over_time, overlap, presence, profit, promoters,
    reasons, retention, targets,
};

/// All charts in the order of the report.
pub const CHARTS: &[Chart] = &[
    Chart {
        name: "home_survival",
        title: "Who stays at home",
        guide: "Each curve starts at 100 % on the day a user makes the platform their home. Its height at any age \
                is the share that has not left since; a steep stretch is when people leave. Each stay counts: who \
                leaves and returns joins again. The shaded band is the interval named above the chart.",
        table: "home_survival",
        when: presence::always,
        draw: retention::home_survival,
    },
    Chart {
        name: "home_survival_by_audience",
        title: "Who stays at home, by audience",
        guide: "The same curves for each audience that the scenario declares; a user can belong to several.",
        table: "home_survival",
        when: presence::audiences,
        draw: audiences::home_survival,
    },
    Chart {
        name: "conversion",
        title: "From free to paid",
        guide: "The share of joiners who have bought a first subscription by each age. Users who leave before \
                paying stay in the denominator, so the curve is the honest conversion rate, not that of survivors.",
        table: "conversion",
        when: presence::sellers,
        draw: retention::conversion,
    },
    Chart {
        name: "conversion_by_audience",
        title: "From free to paid, by audience",
        guide: "The same curves for each audience that the scenario declares; a user can belong to several.",
        table: "conversion",
        when: presence::paying_audiences,
        draw: audiences::conversion,
    },
    Chart {
        name: "member_retention",
        title: "Members who keep paying",
        guide: "The share of those subscribers who still pay at each 30-day billing cycle. Dots are simulated. \
                Dashed lines are the fitted shifted-beta-geometric curve (sBG), dotted ones the fitted beta \
                discrete Weibull curve (BdW); where they part from the dots, a projection from the fit would \
                mislead. Without these lines there were too few members for a fit.",
        table: "member_retention",
        when: presence::sellers,
        draw: retention::member_retention,
    },
    Chart {
        name: "classic_retention",
        title: "Day-n retention",
        guide: "Left, the share of joiners active on exactly that day; right, the share active on that day or any \
                later one. Day 0 is the first whole day at home; nobody need be active on it, so both curves \
                begin below 100 %. The right curve would fall near the end of the simulation because later days \
                are cut off: those points are left out.",
        table: "retention",
        when: presence::always,
        draw: retention::classic_retention,
    },
    Chart {
        name: "causes_of_leaving",
        title: "Where leavers go",
        guide: "Each bar splits joiners by what has happened by that age: still at home, on no platform, or switched to a \
                named rival. The parts of a bar add to 100 %.",
        table: "home_causes",
        when: presence::always,
        draw: causes::draw,
    },
    Chart {
        name: "migration",
        title: "Who takes users from whom",
        guide: "Read along a row: of all user-months spent on the platform at the left, the share that ended in a \
                move to the platform above. Darker is more. The smaller number counts moves; who moves twice counts twice.",
        table: "migration",
        when: presence::always,
        draw: migration::draw,
    },
    Chart {
        name: "migration_flows",
        title: "Where users go",
        guide: "Ribbons run from the place that people leave, at the left, to the place where they arrive, at the \
                right; a ribbon is as wide as people moved. Who moves twice counts twice.",
        table: "migration",
        when: presence::always,
        draw: flows::draw,
    },
    Chart {
        name: "reasons",
        title: "Why they switched",
        guide: "For everybody who moved from one platform to another: how much each term spoke for the new one, or against it, \
                when they decided, on average. Bars to the right pulled them away, bars to the left held them back. One unit (a nat) \
                makes a platform 2.7 times as likely to be chosen. Luck is large because who moves was lucky with the new platform: \
                compare the other bars. This accounts for moves; what a term causes, a run without it tells.",
        table: "reasons",
        when: presence::reasons,
        draw: reasons::draw,
    },
    Chart {
        name: "monthly_active",
        title: "Active users",
        guide: "People active at least once in the measuring window (left) and on the day itself (right). Hollow \
                diamonds are published figures over their period.",
        table: "activity",
        when: presence::always,
        draw: over_time::monthly_active,
    },
    Chart {
        name: "monthly_active_by_audience",
        title: "Active users, by audience",
        guide: "People active at least once in the measuring window, for each audience that the scenario declares.",
        table: "activity",
        when: presence::audiences,
        draw: audiences::monthly_active,
    },
    Chart {
        name: "share",
        title: "Share of platform users",
        guide: "Of the people who live on a platform, the share at home on each; people outside are left out. Dotted verticals \
                mark the scenario's events.",
        table: "activity",
        when: presence::always,
        draw: over_time::share,
    },
    Chart {
        name: "share_by_audience",
        title: "Share of platform users, by audience",
        guide: "Of the members of an audience who live on a platform, the share at home on each.",
        table: "activity",
        when: presence::audiences,
        draw: audiences::share,
    },
    Chart {
        name: "overlap",
        title: "Who uses two platforms",
        guide: "Each bar is everybody whom the two platforms reach together, counted once: users of the first but not of the \
                second, users of both, users of the second but not of the first. The same shared users are a larger share of \
                the smaller platform.",
        table: "overlap",
        when: presence::second_homes,
        draw: overlap::draw,
    },
    Chart {
        name: "second_homes",
        title: "Users who also use another platform",
        guide: "The share of a platform's users at the end of each month who keep another platform as well, as home or as second home.",
        table: "overlap",
        when: presence::second_homes,
        draw: over_time::second_homes,
    },
    Chart {
        name: "stickiness",
        title: "Stickiness",
        guide: "Daily active users, averaged over 30 days, divided by monthly active users: 30 % means that the \
                average active user comes about nine days a month.",
        table: "activity",
        when: presence::always,
        draw: over_time::stickiness,
    },
    Chart {
        name: "active_days",
        title: "Days active in a month",
        guide: "How often people come: the share of a month's active users by their number of active days. Two \
                platforms with the same stickiness can differ here: a few devotees or many regulars.",
        table: "active_days",
        when: presence::always,
        draw: active_days::draw,
    },
    Chart {
        name: "paid_ratio",
        title: "Paid ratio",
        guide: "Paying users divided by monthly active users. Hollow diamonds are published figures. \
                A platform that sells no plan has no curve.",
        table: "activity",
        when: presence::sellers,
        draw: over_time::paid_ratio,
    },
    Chart {
        name: "paid_ratio_by_audience",
        title: "Paid ratio, by audience",
        guide: "Paying users divided by monthly active users, for each audience that the scenario declares.",
        table: "activity",
        when: presence::paying_audiences,
        draw: audiences::paid_ratio,
    },
    Chart {
        name: "revenue",
        title: "Revenue",
        guide: "Subscription revenue of each whole month, as one step for each month. Bands are wide where few people pay.",
        table: "money",
        when: presence::sellers,
        draw: over_time::revenue,
    },
    Chart {
        name: "revenue_by_audience",
        title: "Revenue, by audience",
        guide: "Subscription revenue of each whole month from the members of each audience; a user can belong to several.",
        table: "money",
        when: presence::paying_audiences,
        draw: audiences::revenue,
    },
    Chart {
        name: "arppu",
        title: "Revenue per payer",
        guide: "Subscription revenue of a month divided by the average number of payers, as one step for each month.",
        table: "money",
        when: presence::sellers,
        draw: over_time::arppu,
    },
    Chart {
        name: "profit",
        title: "Profit and loss",
        guide: "Above zero, a month's revenue; below it, what it was spent on; the line is what is left. Only costs that the \
                scenario tells are counted.",
        table: "profit",
        when: presence::costs,
        draw: profit::draw,
    },
    Chart {
        name: "originals_breakeven",
        title: "What originals must hold",
        guide: "The share of its users who would have to be there because of the originals for these to pay for themselves. \
                Above 100\u{202f}%, not even all users would pay for them. It says what originals must hold, not what they do hold.",
        table: "originals_breakeven",
        when: presence::originals,
        draw: over_time::originals,
    },
    Chart {
        name: "budget_returns",
        title: "Where more money would pay",
        guide: "Left, what a platform forecasts at each review of its budget that 1\u{202f}% more money on a lever returns: above 0 more \
                comes in than was spent, at -1 all of it is lost. It is a forecast without inertia and without rivals' answers, \
                so what happens returns less. Right, how the budget is split.",
        table: "budget_returns",
        when: presence::reviews,
        draw: budget::draw,
    },
    Chart {
        name: "entrant_success",
        title: "Whether platforms that enter succeed",
        guide: "Each bar splits the replications by how far an entrant came: it has the wanted share of platform users at the end, \
                had it once, or never had it. A survivor has more than a hundredth of \
                the wanted share at the end. Chance alone is counted, not what is unknown about the entrant.",
        table: "entrant_success",
        when: presence::entrants,
        draw: entrants::draw,
    },
    Chart {
        name: "niche_map",
        title: "Niche map",
        guide: "To the right, platforms whose listening spreads over many genres; above, platforms whose listening \
                rivals share. Discs are as large as the platform's share of users. Low and left is a niche of \
                one's own; high and right is the middle of the market.",
        table: "niche_breadth",
        when: presence::genres,
        draw: niche_map::draw,
    },
    Chart {
        name: "niche_overlap",
        title: "Niche overlap",
        guide: "How alike two platforms' listening is: 100 % is the same mix, 0 % no common ground. High overlap \
                with a rival means competing for the same listening.",
        table: "niche_overlap",
        when: presence::niches,
        draw: niche_overlap::draw,
    },
    Chart {
        name: "audience_niche",
        title: "Whose audiences overlap",
        guide: "On the diagonal, over how many audiences a platform's residents spread, counted as if they were spread evenly. Beside it, \
                how alike two platforms' residents are by audience: 100\u{202f}% is the same mix. Pressure above 1 means that the platform \
                of the column lives more on the row's audiences than the row's platform itself.",
        table: "audience_niche",
        when: presence::housed,
        draw: audience_niche::draw,
    },
    Chart {
        name: "coexistence",
        title: "Who leaves whom room",
        guide: "Each dot is a pair of platforms. Across, how hard the second presses the first: its overlap with the first's niche \
                times its size alone over the first's; below 1 the first could come back from nothing. Up, how hard the first \
                presses the second. Low and left, each leaves the other room; elsewhere one displaces the other. An indicator \
                from the theory of competing species, no forecast.",
        table: "coexistence",
        when: presence::competition,
        draw: coexistence::draw,
    },
    Chart {
        name: "gratifications",
        title: "What platforms give people",
        guide: "Left, how fully each platform satisfies a want, over all users: 0 % not at all, 100 % entirely. Right, for pairs \
                of rivals, the share of users whom each one serves better. Distance is how far users score the two apart, of 6 \
                points: small means that they satisfy the same want alike. Scores are constructs of the model, no survey.",
        table: "gratifications",
        when: presence::rivals,
        draw: gratifications::draw,
    },
    Chart {
        name: "promoters",
        title: "Who would surely stay",
        guide: "Each bar splits a platform's residents by the probability with which they would choose it again, habit and costs \
                of moving left aside: 90 % or more, 60 to 90 %, below 60 %. The number is the first share less the last, in \
                points. It stands in for a promoter score; compare platforms, not published scores.",
        table: "nps_proxy",
        when: presence::residents,
        draw: promoters::draw,
    },
    Chart {
        name: "targets",
        title: "Against published figures",
        guide: "Each dot is a simulated figure relative to the published one; on the centre line they agree, left \
                of it the simulation is lower. Predicted figures were left out of the fit and test the model; \
                fitted ones were used to choose settings; given ones are inputs and test nothing. A figure \
                after ≥ was published as a lower bound: any dot to its right meets it. The grey zone is within 10 %. Whiskers are the interval over \
                replications.",
        table: "targets",
        when: presence::targets,
        draw: targets::draw,
    },
];
