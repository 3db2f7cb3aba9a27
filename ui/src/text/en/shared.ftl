loading = Loading…
try-again = Try again
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
offline-banner = Offline. What was loaded can still be seen.
offline-banner-waiting = { $count ->
    [one] Offline. 1 action waits to be sent.
   *[other] Offline. { $count } actions wait to be sent.
  }
map-label = Map
map-missing = The map is not available in this installation.
save = Save
load-more = Load more
photo-number = Photo { $number }
place-search = Search a street or place
place-search-send = Search
place-search-nothing = No place fits. Move the pin on the map.
