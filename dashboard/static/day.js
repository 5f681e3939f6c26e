// Lets the day of dashboard/day.py count on Enter. Streamlit waits until its calendar closes, which it
// does when the pointer goes down elsewhere; the focus stays in the field. The calendar opens below the
// field, where there is room for it: above, it would lie on what the field is called.
gone: {
  const ROOM = 340; // Pixels of the calendar and of what stands between it and the field.
  const day = document.currentScript.closest(".st-key-day");
  if (!day) break gone; // The page was left before this file had come.
  const apply = ({ key, target }) => {
    if (key !== "Enter" || target.role !== "spinbutton") return;
    document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  };
  const makeRoom = () => {
    const { top, bottom } = day.getBoundingClientRect();
    if (top < 0 || innerHeight - bottom < ROOM) day.scrollIntoView();
  };
  // Before React's own, which keep the key to themselves.
  day.addEventListener("keydown", apply, { capture: true });
  day.addEventListener("focusin", makeRoom, { capture: true });
  day.addEventListener("click", makeRoom, { capture: true });
}
