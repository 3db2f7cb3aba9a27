//! People: accounts, addresses, providers, and the words that describe them.

mod account;
mod addresses;
mod providers;
mod verification;

pub use account::*;
pub use addresses::*;
pub use providers::*;
pub use verification::*;

/// How long the address of a file may be, in characters.
const URL: std::ops::RangeInclusive<usize> = 1..=500;

words! {
    /// What a person is here for.
    UserType {
        /// Asks for help at home.
        Client = "CLIENT",
        /// Gives it.
        ServiceProvider = "SERVICE_PROVIDER",
        /// Runs the floor.
        Admin = "ADMIN",
    }
}

words! {
    /// As on the identity card.
    Gender {
        /// Male.
        Male = "MALE",
        /// Female.
        Female = "FEMALE",
    }
}

words! {
    /// The language of notices.
    Language {
        /// Bahasa Indonesia.
        Indonesian = "id",
        /// English.
        English = "en",
    }
}

words! {
    /// How far a provider's identity check has come.
    VerificationStatus {
        /// Nothing handed in.
        None = "NONE",
        /// An admin has to look.
        Pending = "PENDING",
        /// May take orders and wears the badge.
        Approved = "APPROVED",
        /// To be handed in again.
        Rejected = "REJECTED",
    }
}

words! {
    /// What a session runs on.
    DeviceType {
        /// An Android phone.
        Android = "ANDROID",
        /// An iPhone.
        Ios = "IOS",
        /// A browser.
        Web = "WEB",
        /// A computer.
        Desktop = "DESKTOP",
    }
}

words! {
    /// What a file is for; it decides who may see it.
    MediaPurpose {
        /// Everybody signed in.
        ProfilePhoto = "profile_photo",
        /// The owner and verifying admins; encrypted, each view logged.
        IdCard = "id_card",
        /// The owner and verifying admins; encrypted, each view logged.
        Selfie = "selfie",
        /// The owner and verifying admins; encrypted, each view logged.
        Certificate = "certificate",
        /// Everybody signed in.
        Portfolio = "portfolio",
        /// The two people of the order, and admins.
        Order = "order",
        /// The two people of the order, and admins.
        PaymentProof = "payment_proof",
        /// The two people of the room.
        Chat = "chat",
    }
}

words! {
    /// How a list of providers is sorted.
    ProviderSort {
        /// Nearest first.
        Distance = "distance",
        /// Best rated first.
        Rating = "rating",
    }
}
