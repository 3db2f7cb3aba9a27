//! Where the demo happens: a few streets of Kemang, Jakarta Selatan.

use rapi_engine::Way;
use rapi_engine::core::LatLng;

/// An address and the way to it.
pub struct Trip {
    pub address: &'static str,
    pub destination: LatLng,
    corners: Vec<LatLng>,
}

impl Trip {
    pub fn way(&self) -> Way {
        Way::new(self.start(), self.corners.iter().copied().skip(1))
    }

    pub fn start(&self) -> LatLng {
        self.corners[0]
    }

    fn new(address: &'static str, corners: &[(f64, f64)]) -> Self {
        let corners: Vec<LatLng> = corners.iter().filter_map(|(lat, lng)| LatLng::try_new(*lat, *lng).ok()).collect();
        Self { address, destination: corners[corners.len() - 1], corners }
    }
}

/// Some 900 m with five corners.
pub fn first() -> Trip {
    let corners = [
        (-6.257_60, 106.811_20),
        (-6.259_10, 106.811_45),
        (-6.259_35, 106.813_10),
        (-6.260_90, 106.813_40),
        (-6.261_05, 106.815_20),
        (-6.262_40, 106.815_45),
    ];
    Trip::new("Jl. Kemang Timur XI No. 8, Jakarta Selatan", &corners)
}

/// From there on, some 600 m with three corners.
pub fn second() -> Trip {
    let corners = [(-6.262_40, 106.815_45), (-6.264_00, 106.815_70), (-6.264_15, 106.817_60), (-6.265_40, 106.817_75)];
    Trip::new("Jl. Bangka Raya No. 41, Jakarta Selatan", &corners)
}
