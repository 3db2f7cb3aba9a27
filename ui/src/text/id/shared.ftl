loading = Memuat…
try-again = Coba lagi
failed-unreachable = Rapi tidak dapat dijangkau
failed-unreachable-advice = Periksa koneksi internet Anda.
failed-broken = Gangguan di pihak Rapi
failed-broken-advice = Ini bukan kesalahan Anda, dan tidak ada data yang hilang.
close = Tutup
back = Kembali
places = Menu utama
waiting-count = { $count } menunggu
stars-of = { $stars } bintang
average-of = Rata-rata { $stars } bintang
no-rating-yet = Belum ada nilai
verified = Terverifikasi
slide-advice = Geser sampai ujung untuk memastikan
today = Hari ini
tomorrow = Besok
yesterday = Kemarin
months-short = Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des
minutes-short = { $minutes } mnt
hours-short = { $hours } jam
hours-minutes-short = { $hours } jam { $minutes } mnt
offline-banner = Tidak terhubung. Menampilkan data terakhir.
offline-banner-waiting = { $count ->
    [one] Tidak terhubung. 1 tindakan menunggu dikirim.
   *[other] Tidak terhubung. { $count } tindakan menunggu dikirim.
  }
map-label = Peta
map-missing = Peta tidak tersedia di pemasangan ini.
save = Simpan
load-more = Muat lagi
photo-number = Foto { $number }
place-search = Cari jalan atau tempat
place-search-send = Cari
place-search-nothing = Tidak ada tempat yang cocok. Geser pin di peta.
