"""What `init` says of each trouble: what is wrong, and what to tap in which app."""

from __future__ import annotations

# The token
NOT_TAKEN = (
    "Telegram menolak token ini. Di Telegram buka @BotFather, kirim /mybots, pilih bot Anda, ketuk «API Token», lalu "
    "salin seluruhnya, misalnya 123456789:AAE…"
)
ASK_BOTFATHER = (
    "Di Telegram:\n"
    "  - buka @BotFather dan kirim /newbot;\n"
    "  - jawab dua pertanyaannya: nama bot, lalu nama pengguna yang berakhir dengan «bot»;\n"
    "  - salin token yang ia berikan ke sini. Yang Anda ketik tidak tampak."
)
OTHER_IN_ENVIRONMENT = (
    "Variabel {name} di lingkungan berisi token lain dan menang atas config/secrets.env; hapus variabel itu."
)

ENVIRONMENT_KEYS = (
    "{names} di lingkungan menang atas konfigurasi dan tidak ditulis ke sana; layanan memerlukan hal yang sama."
)
NO_ANSWER = "Telegram tidak memberi jawaban yang jelas; coba lagi sebentar lagi."
CLOCK = "Jam mesin ini meleset {by} dari Telegram; setel jamnya (NTP), karena sampai itu tidak ada yang terbit."
NOT_WRITABLE = "Folder {folder} tidak dapat ditulisi oleh pengguna ini; beri hak tulis, lalu jalankan lagi."
REHEARSED = "Rilis dari masa latihan tetap tercatat, tidak dikirim ke kanal, dan tidak muncul di /terkini."

# The bot's updates
WEBHOOK = (
    "Bot ini masih dipakai layanan lain lewat webhook{where}. Matikan layanan itu atau buat bot baru di @BotFather "
    "(/newbot); bila layanan itu memang sudah tidak dipakai, jalankan lagi dengan --delete-webhook."
)
WEBHOOK_GONE = "Webhook dilepas; layanan lama tidak lagi menerima pesan bot ini."
RIVAL = (
    "Ada proses lain yang memakai token ini (409), biasanya `medsosbot run` yang masih berjalan di sini atau di mesin "
    "lama. Hentikan dulu (Ctrl-C di jendelanya, atau `systemctl stop medsosbot`). Bila tidak ketemu: @BotFather, "
    "/mybots, bot Anda, «API Token», «Revoke current token», lalu pakai token yang baru."
)
WAITING = "Menunggu … (Ctrl-C menghentikan tanpa mengubah apa pun)"
NETWORK = "Telegram tidak dapat dihubungi; dicoba terus. Periksa jaringan mesin ini."
NETWORK_ONCE = "Telegram tidak dapat dihubungi; periksa jaringan mesin ini, lalu jalankan lagi."
NOBODY = "Sudah {waited} belum ada yang terlihat. {how}"
GIVEN_UP = "Dihentikan; tidak ada yang diubah. Jalankan lagi bila sudah siap."
STRANGER = "{who} menulis kepada bot ini; dibiarkan, tidak mendapat hak apa pun."

# The channel
CHANNEL = (
    "Jadikan @{bot} admin kanal. Di Telegram:\n"
    "  - buka kanalnya, ketuk namanya, lalu pensil (Ubah);\n"
    "  - «Administrator», «Tambah Admin», cari @{bot};\n"
    "  - nyalakan «Kirim Pesan», simpan.\n"
    "Sudah admin? Teruskan satu kiriman kanal itu kepada @{bot} di percakapan pribadi, atau ketik @nama kanal di "
    "sini. Kanal tertutup tidak apa-apa."
)
NOT_ADMIN = (
    "@{bot} belum admin di {title}. Di Telegram buka kanal itu, ketuk namanya, pensil (Ubah), «Administrator», "
    "«Tambah Admin», cari @{bot}, nyalakan «Kirim Pesan», simpan."
)
NO_RIGHT = (
    "@{bot} admin di {title} tetapi tidak boleh mengirim. Di Telegram buka kanal itu, ketuk namanya, pensil (Ubah), "
    "«Administrator», @{bot}, nyalakan «Kirim Pesan», simpan."
)
PROTECTED = "Isi kanal ini dilindungi dari penerusan, jadi kiriman yang ragu diperiksa orang, bukan bot."
NO_CHANNEL = "{title} bukan kanal melainkan {kind}. Beri @nama kanal, nomornya (-100…), atau tautannya."
NOT_FOUND = (
    "Telegram tidak menemukan {chat}. Periksa ejaannya; yang tertutup baru terlihat setelah @{bot} ada di sana. Kanal: "
    "buka kanalnya, ketuk namanya, pensil (Ubah), «Administrator», «Tambah Admin». Grup: buka grupnya, ketuk namanya, "
    "«Tambah Anggota». Lalu cari @{bot}."
)

# The staff group
STAFF = (
    "Masukkan @{bot} ke grup tim Anda. Di Telegram:\n"
    "  - buka grupnya (atau buat yang baru), ketuk namanya;\n"
    "  - «Tambah Anggota», cari @{bot}, tambahkan.\n"
    "Sudah di sana? Ketik /id@{bot} di grup itu. Mode privasi yang menyala tidak apa-apa: bot cukup melihat perintah."
)
NOT_MEMBER = (
    "@{bot} bukan anggota {title}. Di Telegram buka grup itu, ketuk namanya, «Tambah Anggota», cari @{bot}, tambahkan."
)
MUTED = (
    "@{bot} tidak boleh mengirim pesan di {title}. Di Telegram buka grup itu, ketuk namanya, pensil (Ubah), «Izin», "
    "izinkan mengirim pesan, atau jadikan @{bot} admin."
)
NO_GROUP = "{title} bukan grup melainkan {kind}. Beri nomor grup staf (diawali -)."
MOVED = "Grup {title} telah menjadi supergrup dan nomornya berganti menjadi {id}; nomor baru itulah yang dipakai."
PLAIN_GROUP = (
    "Grup ini grup biasa. Bila kelak menjadi supergrup (misalnya karena riwayatnya dibuka), nomornya berganti: bot "
    "akan memberi tahu di log dan `medsosbot check --online`, lalu jalankan `medsosbot init` sekali lagi."
)
OPEN_GROUP = (
    "Perhatian: grup ini terbuka untuk umum, padahal rancangan rilis yang ditahan dikirim ke sini. Jadikan tertutup: "
    "buka grupnya, ketuk namanya, pensil (Ubah), «Jenis Grup», «Pribadi»."
)
PRIVACY_ON = "Mode privasi menyala: tidak apa-apa, di grup bot hanya melihat perintah."
TRIAL_UNCLEAR = "Pesan percobaan mungkin tidak sampai, karena Telegram tidak menjawab dengan jelas; lihat grup staf."
TRIAL_FAILED = "Pesan percobaan tidak sampai ke grup staf: {why}"

# Editors
EDITOR = (
    "Siapa yang boleh memutuskan (editor)? Ia mengetik /id@{bot} di grup staf, atau /id kepada @{bot} di percakapan "
    "pribadi. Nomor penggunanya dapat juga diketik di sini."
)
ANONYMOUS = (
    "Yang mengetik /id menulis sebagai admin anonim, jadi tidak diketahui siapa. Di Telegram buka grup itu, ketuk "
    "namanya, pensil (Ubah), «Administrator», namanya sendiri, matikan «Tetap Anonim», lalu ketik /id@{bot} lagi."
)

# X
X_KEYS_ARE_THERE = "Kunci X sudah ada tetapi belum dipakai; jalankan `medsosbot init --x` untuk menerbitkan ke X juga."
X_BY_HAND = (
    "X menyusul: di developer.x.com buka aplikasi Anda, «User authentication settings», pilih Read and write; lalu "
    "«Keys and tokens», buat API Key & Secret serta Access Token & Secret. Jalankan `medsosbot init --x`, atau isi "
    "keempatnya di config/secrets.env (MEDSOSBOT_X_API_KEY, …_API_SECRET, …_ACCESS_TOKEN, …_ACCESS_SECRET) dan ganti "
    "tujuan x di konfigurasi menjadi `platform: x`."
)
X_REFUSED = (
    "X menolak kunci ini: {why} Di developer.x.com buka aplikasi Anda, «User authentication settings», pilih Read and "
    "write, lalu «Keys and tokens» dan buat ulang Access Token & Secret."
)
X_PROMPTS = {
    "x_api_key": "API Key",
    "x_api_secret": "API Key Secret",
    "x_access_token": "Access Token",
    "x_access_secret": "Access Token Secret",
}
