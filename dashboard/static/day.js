// Lets the day of dashboard/day.py count on Enter. Streamlit waits until its calendar closes, which it
// does when the pointer goes down elsewhere; the focus stays in the field.
{
  const day = document.currentScript.closest(".st-key-day");
  const apply = ({ key, target }) => {
    if (key !== "Enter" || target.role !== "spinbutton") return;
    document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  };
  // Before React's own, which keep the key to themselves.
  day.addEventListener("keydown", apply, { capture: true });
}
