// The page works without this. With it, an error summary takes the focus, a conditional field
// opens under its radio or checkbox, a button pressed twice in a second counts once, and long text
// is counted. The build puts the other scripts of this folder behind it.
import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, Radios } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
const counting = document.querySelector("[data-counting]");
if (counting) createAll(CharacterCount, { i18n: JSON.parse(counting.dataset.counting) });
for (const component of [Checkboxes, ErrorSummary, Radios]) createAll(component);

// Paper shows what is folded away on the screen.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) folded.open = true;
});
