photo-pick = Ambil atau pilih foto
photo-add = Tambah
photo-sending = { $name } sedang dikirim
photo-retry = Kirim ulang { $name }
photo-remove = Hapus { $name }
photo-unreadable = { $name } bukan foto yang bisa dibuka. Pilih foto lain.
