// The page works without this. With it, an error summary takes the focus, a conditional field
// opens under its radio or checkbox, and a button pressed twice in a second counts once.
import { createAll, Button, Checkboxes, ErrorSummary, Radios } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
for (const component of [Checkboxes, ErrorSummary, Radios]) createAll(component);

// Paper shows what is folded away on the screen.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) folded.open = true;
});
