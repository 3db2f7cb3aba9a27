loading = Loading…
try-again = Try again
failed-unreachable = Rapi cannot be reached
failed-unreachable-advice = Check your internet connection.
failed-broken = A fault on our side
failed-broken-advice = This is not your fault, and nothing is lost.
close = Close
back = Back
places = Main menu
waiting-count = { $count } waiting
stars-of = { $stars ->
    [one] 1 star
   *[other] { $stars } stars
  }
average-of = { $stars } stars on average
no-rating-yet = No rating yet
verified = Verified
slide-advice = Slide to the end to confirm
today = Today
tomorrow = Tomorrow
yesterday = Yesterday
months-short = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
minutes-short = { $minutes } min
hours-short = { $hours } h
hours-minutes-short = { $hours } h { $minutes } min
offline-banner = Not connected. Showing what was last known.
offline-banner-waiting = { $count ->
    [one] Not connected. 1 action waits to be sent.
   *[other] Not connected. { $count } actions wait to be sent.
  }
map-label = Map
map-missing = The map is not available in this installation.
save = Save
load-more = Load more
photo-number = Photo { $number }
place-search = Search a street or place
place-search-send = Search
place-search-nothing = No place fits. Move the pin on the map.
