//! Coarse scales: a measure in four bits. Code 0 says unknown, code `n` the `n`th step.

/// Speed, km/h: the nearest step. Beyond the last counts as the last.
const SPEED_KMH: [f32; 15] = [0.0, 3.0, 6.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 140.0, 200.0];

/// Accuracy, metres: the next step up, for nothing may look surer than it is. Beyond 100 m counts as 250 m.
const ACCURACY_METERS: [f32; 15] = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0, 250.0];

/// Code 0…15 of a speed; what is no speed (negative, not a number) is unknown.
pub(super) fn speed_code(kmh: Option<f32>) -> u8 {
    let Some(kmh) = kmh.filter(|kmh| *kmh >= 0.0) else { return 0 };
    // The nearest step is the number of midpoints that lie below.
    code(SPEED_KMH.windows(2).filter(|steps| kmh > f32::midpoint(steps[0], steps[1])).count())
}

/// Code 0…15 of an accuracy; what is no accuracy (negative, not a number) is unknown.
pub(super) fn accuracy_code(meters: Option<f32>) -> u8 {
    let Some(meters) = meters.filter(|meters| *meters >= 0.0) else { return 0 };
    code(ACCURACY_METERS.iter().filter(|step| meters > **step).count().min(ACCURACY_METERS.len() - 1))
}

/// The speed of a code, km/h.
pub(super) fn speed_of(code: u8) -> Option<f32> {
    step(&SPEED_KMH, code)
}

/// The accuracy of a code, metres.
pub(super) fn accuracy_of(code: u8) -> Option<f32> {
    step(&ACCURACY_METERS, code)
}

fn code(index: usize) -> u8 {
    u8::try_from(index + 1).unwrap_or(0)
}

fn step(scale: &[f32; 15], code: u8) -> Option<f32> {
    scale.get(usize::from(code).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_code_is_the_code_of_its_step() {
        for code in 0..=15 {
            assert_eq!(speed_code(speed_of(code)), code);
            assert_eq!(accuracy_code(accuracy_of(code)), code);
        }
    }

    #[test]
    fn what_is_no_measure_is_unknown() {
        for nothing in [None, Some(-1.0), Some(f32::NAN)] {
            assert_eq!((speed_code(nothing), accuracy_code(nothing)), (0, 0));
        }
        assert_eq!((speed_code(Some(f32::INFINITY)), accuracy_code(Some(f32::INFINITY))), (15, 15));
    }

    proptest! {
        #[test]
        fn the_nearest_speed_is_taken(kmh in 0.0f32..200.0) {
            let taken = (speed_of(speed_code(Some(kmh))).unwrap() - kmh).abs();
            prop_assert!(SPEED_KMH.iter().all(|step| taken <= (step - kmh).abs() + 1e-3));
        }

        #[test]
        fn no_fix_looks_surer_than_it_is(meters in 0.0f32..250.0) {
            let told = accuracy_of(accuracy_code(Some(meters))).unwrap();
            prop_assert!(told >= meters);
            prop_assert_eq!(told <= 100.0, meters <= 100.0);
        }
    }
}
