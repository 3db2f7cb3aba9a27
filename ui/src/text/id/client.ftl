home = Beranda
