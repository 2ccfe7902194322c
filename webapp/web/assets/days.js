// “Today” and “Yesterday” under a date fill its three boxes.
for (const row of document.querySelectorAll("[data-days-of]")) {
  row.hidden = false;
  row.addEventListener("click", ({ target }) => {
    if (!target.dataset.day) return;
    const numbers = target.dataset.day.split("-").map(Number);
    for (const [place, part] of ["year", "month", "day"].entries()) {
      document.getElementById(`${row.dataset.daysOf}-${part}`).value = numbers[place];
    }
  });
}
