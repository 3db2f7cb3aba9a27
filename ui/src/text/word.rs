//! The names of all texts.

macro_rules! words {
    ($($(#[$doc:meta])* $word:ident = $key:literal),* $(,)?) => {
        /// One text of the catalogues.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word { $($(#[$doc])* $word),* }

        impl Word {
            /// Every word, as the catalogues list them.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// Its key in the catalogues.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$word => $key),* }
            }
        }
    };
}

words! {
    /// Name of the choice between the languages.
    Language = "language",
    /// Indonesian, in its own words.
    LanguageIndonesian = "language-id",
    /// English, in its own words.
    LanguageEnglish = "language-en",
    /// One who asks for help at home.
    RoleClient = "role-client",
    /// One who gives it.
    RoleProvider = "role-provider",
    /// One who runs the floor.
    RoleAdmin = "role-admin",
    /// The app is opening.
    Opening = "opening",
    /// What the screen is for.
    SignInTitle = "sign-in-title",
    /// What awaits a client.
    SignInLeadClient = "sign-in-lead-client",
    /// What awaits a provider.
    SignInLeadProvider = "sign-in-lead-provider",
    /// What awaits an admin.
    SignInLeadAdmin = "sign-in-lead-admin",
    /// E-mail address or phone number.
    SignInWho = "sign-in-who",
    /// Nothing was given there.
    SignInWhoMissing = "sign-in-who-missing",
    /// What was given is neither.
    SignInWhoUnclear = "sign-in-who-unclear",
    /// Password.
    SignInPassword = "sign-in-password",
    /// None was given.
    SignInPasswordMissing = "sign-in-password-missing",
    /// Shows the password.
    Show = "show",
    /// Hides the password.
    Hide = "hide",
    /// Names the button that shows the password.
    ShowPassword = "show-password",
    /// Names the button that hides it.
    HidePassword = "hide-password",
    /// Sends the form.
    SignIn = "sign-in",
    /// It was sent.
    SigningIn = "signing-in",
    /// Unknown person or wrong password.
    ProblemInvalidCredentials = "problem-invalid-credentials",
    /// Locked after too many failures.
    ProblemAccountLocked = "problem-account-locked",
    /// The address is not proved.
    ProblemNotVerified = "problem-not-verified",
    /// Suspended by an admin.
    ProblemAccountSuspended = "problem-account-suspended",
    /// Too many requests.
    ProblemSlowDown = "problem-slow-down",
    /// The backend cannot be reached.
    ProblemNetwork = "problem-network",
    /// This account belongs in the client app.
    ProblemNotAClient = "problem-not-a-client",
    /// This account does not belong in the provider app.
    ProblemNotAProvider = "problem-not-a-provider",
    /// This account does not belong in the admin app.
    ProblemNotAnAdmin = "problem-not-an-admin",
    /// A code of the authenticator is wanted, which cannot be given yet.
    ProblemSecondFactor = "problem-second-factor",
    /// The session came to an end.
    ProblemSessionEnded = "problem-session-ended",
    /// Anything else.
    ProblemOther = "problem-other",
    /// Greets who is signed in.
    Greeting = "greeting",
    /// Names the part with the account.
    Account = "account",
    /// Events come in as they happen.
    ReachOnline = "reach-online",
    /// On the way there.
    ReachConnecting = "reach-connecting",
    /// The backend is out of reach.
    ReachOffline = "reach-offline",
    /// What holds while it is.
    ReachOfflineExplained = "reach-offline-explained",
    /// Ends the session.
    SignOut = "sign-out",
}
