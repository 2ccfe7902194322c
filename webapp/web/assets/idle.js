// A page with personal details that nobody uses: a warning, then a cover over it. Nothing typed is
// sent, dropped or locked away by this; one press takes the warning or the cover off again.
const idle = document.getElementById("idle");
if (idle) {
  const minute = 60_000;
  const { warnAfter, coverAfter } = idle.dataset;
  const title = document.title;
  let used = Date.now();

  const note = () => {
    if (!idle.open) used = Date.now();
  };
  for (const sign of ["input", "keydown", "pointerdown", "scroll"]) {
    addEventListener(sign, note, { passive: true });
  }

  idle.querySelector("[data-stay]").addEventListener("click", () => idle.close());
  idle.addEventListener("close", () => {
    used = Date.now();
    idle.classList.remove("cyf-idle--cover");
    document.title = title;
  });

  // asked often, and by the clock: a laptop that slept counts too
  const look = () => {
    const minutes = (Date.now() - used) / minute;
    if (minutes >= warnAfter && !idle.open) idle.showModal();
    if (minutes >= coverAfter && !idle.classList.contains("cyf-idle--cover")) {
      idle.classList.add("cyf-idle--cover");
      document.title = "Cyfarfod";
    }
  };
  setInterval(look, 5_000);
  addEventListener("visibilitychange", look);
}
