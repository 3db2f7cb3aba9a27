problem-invalid-transition = Langkah ini sudah tidak berlaku untuk pesanan ini.
problem-not-found = Yang dicari tidak ditemukan.
problem-forbidden = Anda tidak boleh membuka ini.
problem-payment-in-progress = Pembayaran sedang diproses. Tunggu sebentar.
problem-already-paid = Tagihan ini sudah dibayar dengan cara lain.
problem-phone-required = Tambahkan dan buktikan nomor ponsel Anda dulu.
