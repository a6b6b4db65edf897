(function () {
  "use strict";
  var toast = document.querySelector(".toast");
  var timer = 0;

  function say(words) {
    toast.textContent = words;
    toast.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(function () {
      toast.classList.remove("shown");
      toast.textContent = "";
    }, 4000);
  }

  function byHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "off";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(text) {
    if (!navigator.clipboard) {
      return byHand(text);
    }
    return navigator.clipboard.writeText(text).catch(function () {
      return byHand(text);
    });
  }

  document.querySelectorAll(".buttons").forEach(function (row) {
    row.hidden = false;
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy]");
    if (!button) {
      return;
    }
    copy(button.dataset.copy).then(
      function () { say("Tersalin. Tempelkan di aplikasi tujuan."); },
      function () { say("Tidak dapat disalin di peramban ini; pilih teksnya lalu salin sendiri."); }
    );
  });
})();
