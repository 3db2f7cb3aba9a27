# The admin's workspace
admin-dashboard = Dashboard
admin-verification = Verification
admin-orders = Orders
admin-users = People
admin-categories = Categories
admin-withdrawals = Withdrawals
admin-audit = Audit log
admin-ledger = Ledger

# Tables
admin-rows = { $count ->
    [one] 1 row
   *[other] { $said } rows
  }
admin-rows-more = { $said } loaded, there is more
admin-more = Load more
admin-csv = CSV
admin-saved = Saved to { $path }
admin-not-saved = The file cannot be saved. Check your downloads folder.
admin-all = All
admin-nothing-found = Nothing matches
admin-nothing-found-advice = Change the search words or the filter.
admin-reason = Reason
admin-reason-missing = Write the reason.
admin-templates = Reasons used often
admin-status = Status
admin-value = Value

# Orders
admin-orders-search = Search number, name or address
admin-orders-empty = No orders yet
admin-orders-empty-advice = Orders appear here as soon as clients make them.
admin-order-number = Number
admin-category = Category
admin-ordered = Ordered
admin-wanted = Wanted for
admin-status-pending = Finding a provider
admin-status-accepted = Accepted
admin-status-on-the-way = On the way
admin-status-arrived = Arrived
admin-status-in-progress = Working
admin-stage-awaiting-payment = Awaiting payment
admin-stage-awaiting-rating = Awaiting rating
admin-status-completed = Completed
admin-status-cancelled = Cancelled
admin-no-provider = no provider took it
admin-actor-system = System
admin-method-cash = Cash
admin-method-wallet = Wallet
admin-method-transfer = Bank transfer
admin-method-e-wallet = E-wallet
admin-payment-pending = Not paid yet
admin-payment-processing = Payment under way
admin-payment-completed = Paid
admin-payment-failed = Payment failed
admin-payment-refunded = Refunded
admin-nobody-yet = Nobody yet
admin-work = Work
admin-address = Address
admin-rate = Rate
admin-rate-per = { $amount } per 5 minutes
admin-cap = Spending cap
admin-worked = Time worked
admin-method = Payment method
admin-photos = Photos of the order
admin-bill = Bill
admin-bill-work = Work
admin-bill-fee = Service fee
admin-bill-discount = Discount
admin-bill-total = Client pays
admin-bill-earnings = Provider earns
admin-bill-share = Rapi's share
admin-timeline = History
admin-clock-unsure = The clocks of phone and server disagree. Check the time worked before you decide anything.
admin-cancelled-because = Cancelled: { $reason }
admin-cancel = Cancel the order
admin-cancel-title = Cancel this order?
admin-cancel-explained = Client and provider are told the reason. This cannot be undone.
admin-cancel-yes = Yes, cancel it
admin-cancel-done = The order is cancelled.
admin-cancel-unsafe = It is not safe for the client or the provider.
admin-cancel-asked = Cancelled at the client's request.
admin-cancel-fraud = There are signs of fraud.
admin-dispatch = Finding a provider
admin-dispatch-from-to = Searched from { $from } to { $to }
admin-dispatch-from = Searched since { $from }
admin-dispatch-nobody = There was no provider nearby to consider.
admin-dispatch-not-yet = The search has not begun yet.
admin-dispatch-took = Took this order
admin-dispatch-declined = Declined the offer
admin-dispatch-seen = Saw the offer, did not answer
admin-dispatch-offered = Offered, has not seen it yet
admin-dispatch-not-asked = Not offered
admin-wave = wave { $wave }
admin-passed-not-approved = Not offered: identity not approved
admin-passed-suspended = Not offered: account suspended
admin-passed-offline = Not offered: offline
admin-passed-hours = Not offered: outside of working hours
admin-passed-service = Not offered: does not offer this category
admin-passed-on-a-job = Not offered: on another job
admin-passed-position = Not offered: position too old
admin-passed-debt = Not offered: owes too much cash commission
admin-passed-asked = Not offered again: was asked before
admin-passed-radius = Not offered: too far away for this wave
admin-passed-not-preferred = Not offered: the client asked for somebody else first

# Verification
admin-vetting-keys = ↑ ↓ move · A approve · R reject
admin-vetting-none = Not handed in
admin-vetting-pending = Waiting
admin-vetting-approved = Approved
admin-vetting-rejected = Rejected
admin-vetting-empty = Everything has been reviewed
admin-vetting-empty-advice = Papers of new providers appear here by themselves.
admin-vetting-choose = Choose papers to review
admin-vetting-choose-advice = Press ↓ or J to open the first. Every view is written into the audit log.
admin-days = { $days ->
    [one] 1 day
   *[other] { $days } days
  }
admin-zoom-in = Zoom in on { $name }
admin-zoom-out = Zoom out of { $name }
admin-pdf = PDF file
admin-pdf-save = Save
admin-id-card = Photo of the KTP
admin-selfie = Selfie with the KTP
admin-certificate = Certificate { $number }
admin-portfolio = Portfolio { $number }
admin-more-papers = Certificates and portfolio
admin-identity = Identity
admin-nik = NIK
admin-nik-says = By the NIK
admin-woman = Woman
admin-man = Man
admin-submitted = Submitted
admin-decided = Decided
admin-bank-account = Bank account
admin-bank = Bank
admin-account-number = Account number
admin-account-name = In the name of
admin-other-account = The name on the bank account differs from the name of the account here.
admin-views-logged = Every view of these papers is written into the audit log.
admin-rejected-because = Rejected: { $reason }
admin-approve = Approve (A)
admin-approve-title = Approve { $name }?
admin-approve-explained = They can take orders at once and wear the verified badge.
admin-approve-yes = Yes, approve
admin-approved = { $name } is approved.
admin-reject = Reject (R)
admin-reject-title = Reject the papers of { $name }?
admin-reject-explained = They read the reason and can submit again.
admin-reject-label = What needs to be mended
admin-reject-yes = Reject
admin-rejected = The papers of { $name } are rejected.
admin-reject-blurred = The photo of the KTP is blurred. Take it again in good light.
admin-reject-nik = The NIK differs from the one written on the KTP.
admin-reject-selfie = The face or the KTP cannot be seen clearly in the selfie.
admin-reject-account = The name on the bank account differs from the name on the KTP.

# People
admin-users-search = Search name, email or phone
admin-name = Name
admin-kind = Role
admin-phone = Phone
admin-email = Email
admin-account = Account
admin-stars = Average rating
admin-stars-of = { $count ->
    [one] { $stars } from 1 rating
   *[other] { $stars } from { $said } ratings
  }
admin-stars-short = Stars
admin-since = Registered
admin-any-state = Any state
admin-account-active = Active
admin-account-suspended = Suspended
admin-account-locked = Locked
admin-unproved = { $what } (not proved yet)
admin-never = Never
admin-last-login = Last sign-in
admin-reach = State
admin-services = Services
admin-seen = Last position
admin-orders-open = Running
admin-orders-total = All orders
admin-wallet = Wallet
admin-balance = Balance
admin-balance-pending = Awaiting payment
admin-balance-frozen = Being withdrawn
admin-permissions = Permissions
admin-permissions-save = Save permissions
admin-permissions-own = Only another admin can take your own permission for people away.
admin-permissions-done = Permissions saved
admin-money = Money
admin-sessions = Signed-in devices
admin-no-sessions = No device is signed in.
admin-device-unknown = Unknown device
admin-last-used = Last used { $at }
admin-suspended-because = Suspended { $at }: { $reason }
admin-locked-until = Locked after too many failed attempts, until { $time }.
admin-suspend = Suspend account
admin-suspend-title = Suspend this account?
admin-suspend-explained = All its devices are signed out, and nobody can sign in until it is reinstated.
admin-suspend-yes = Yes, suspend
admin-suspend-fraud = There are signs of fraud.
admin-suspend-conduct = Improper conduct was reported.
admin-suspend-shared = Somebody else uses the account.
admin-reinstate = Reinstate account
admin-reinstate-sure = Reinstate this account? Its owner can sign in again.
admin-unlock = Unlock
admin-unlock-sure = Unlock now? The count of failed attempts starts at zero.
admin-end-sessions = End sessions
admin-end-sessions-sure = Sign this account out of all devices?
admin-suspend-done = The account is suspended.
admin-reinstate-done = The account is reinstated.
admin-unlock-done = The account is unlocked.
admin-end-sessions-done = All sessions are ended.
admin-online = Online
admin-offline = Offline

# Dashboard
admin-period = Period
admin-seven-days = 7 days
admin-fourteen-days = 14 days
admin-thirty-days = 30 days
admin-this-month = This month
admin-up = up { $by }
admin-down = down { $by }
admin-up-points = up { $by } points
admin-down-points = down { $by } points
admin-same = unchanged
admin-no-before = no data yet
admin-kpi-completed = Completed
admin-kpi-value = Order value
admin-kpi-revenue = Rapi's revenue
admin-kpi-online = Providers online
admin-kpi-of = { $count ->
   *[other] of { $said } verified
  }
admin-kpi-conversion = Conversion
admin-kpi-nobody = No provider
admin-kpi-stars = Average rating
admin-kpi-ratings = { $count ->
    [one] 1 rating
   *[other] { $said } ratings
  }
admin-chart-orders = Completed orders per day
admin-chart-value = Order value per day
admin-day = Date
admin-day-created = Created
admin-day-ratings = Ratings
admin-live = What goes on now
admin-running = { $count ->
    [one] 1 running order
   *[other] { $count } running orders
  }
admin-map-label = Map: { $orders } running orders, { $providers } providers waiting
admin-minutes-ago = { $minutes ->
    [0] just now
    [one] 1 minute ago
   *[other] { $minutes } minutes ago
  }
admin-legend-running = Running order
admin-legend-waiting = Provider ready
admin-waiting = Waiting for verification
admin-review-queue = Review queue
chart-as-table = Show as a table
chart-as-chart = Show as a chart
chart-day = Day

# Categories
admin-category-new = New category
admin-category-slug = Short name
admin-category-slug-hint = Lower-case letters, digits and hyphens. It cannot be changed later.
admin-category-description = Description
admin-category-rate = Rate per 5 minutes
admin-category-rate-hint = Orders made before keep their rate.
admin-category-place = Place
admin-category-icon = Icon
admin-category-icon-hint = Name of a Lucide icon. One that the apps do not know is shown as this spark.
admin-category-active = Can be ordered
admin-category-on = Can be ordered
admin-category-off = Hidden
admin-category-name-fault = Give a name of at most 100 letters.
admin-category-slug-fault = Use lower-case letters, digits and hyphens.
admin-category-rate-fault = Give a rate from Rp1 to Rp1.000.000.
admin-category-place-fault = Give a number from 0 to 10,000.
admin-category-saved = The category is saved.
admin-categories-empty = No categories yet
admin-categories-empty-advice = Make the first, and clients can order.

# Withdrawals
admin-asked = Asked
admin-notes = Notes: { $notes }
admin-payout-pending = Waiting
admin-payout-processing = Being transferred
admin-payout-completed = Arrived
admin-payout-rejected = Rejected
admin-payouts-empty = No withdrawals yet
admin-payouts-empty-advice = Providers' requests to withdraw appear here.
admin-payout-approve = Approve
admin-payout-approve-sure = Approve, and then transfer the money to the account above?
admin-payout-complete = Mark as arrived
admin-payout-complete-sure = Is the money in the provider's account? This cannot be undone.
admin-payout-reject = Reject
admin-payout-reject-title = Reject this withdrawal?
admin-payout-reject-explained = The money goes back to the provider's balance, and they read your notes.
admin-payout-notes = Notes for the provider
admin-payout-wrong-account = The bank does not find the account number.
admin-payout-wrong-name = The name on the bank account differs from the name of the account here.
admin-payout-approve-done = The withdrawal is approved. Make the transfer.
admin-payout-complete-done = The withdrawal is completed.
admin-payout-reject-done = The withdrawal is rejected, the money is back in the balance.

# Audit log
admin-when = Time
admin-deed = Action
admin-by = By
admin-details = Details
admin-subject = On
admin-audit-empty = Nothing was done yet
admin-audit-empty-advice = Every decision of an admin is written down here.
admin-deed-category-add = Added a category
admin-deed-category-change = Changed a category
admin-deed-order-cancel = Cancelled an order
admin-deed-user-permissions = Changed an admin's permissions
admin-deed-user-reinstate = Reinstated an account
admin-deed-user-sign-out = Ended all sessions
admin-deed-user-suspend = Suspended an account
admin-deed-user-unlock = Unlocked an account
admin-deed-verification-approve = Approved a verification
admin-deed-verification-reject = Rejected a verification
admin-deed-verification-view = Opened verification papers
admin-deed-withdrawal-approve = Approved a withdrawal
admin-deed-withdrawal-complete = Completed a withdrawal
admin-deed-withdrawal-reject = Rejected a withdrawal

# Ledger
admin-ledger-again = Check again
admin-ledger-good = The books balance
admin-ledger-good-explained = All journals sum to zero, and every balance agrees with its history.
admin-ledger-bad = The books do not balance
admin-ledger-bad-explained = Something was written wrongly. Stop withdrawals until the cause is found.
admin-ledger-journals = Journals read
admin-ledger-entries = Lines read
admin-ledger-sum = Sum of all accounts
admin-ledger-at = Checked
admin-ledger-faults = What was found

# Refusals
problem-already-decided = This was decided already. Look at how it stands now.
problem-missing-permission = You may not do this. Ask another admin for the permission.
problem-own-account = Your own account cannot be suspended or signed out from here.
problem-last-admin = This is the last admin who may do that.
problem-slug-taken = Another category has this short name.
