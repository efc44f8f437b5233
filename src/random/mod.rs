//! Chance with an address: Philox, addresses, distributions.
