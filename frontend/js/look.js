// The preview of the look: colour, title and logo follow what is chosen, before anything is saved.
const form = document.querySelector("[data-look]");
const root = document.documentElement;
const hex = /^#?([0-9a-f]{6})$/i;

if (form) {
  const picker = form.querySelector("[data-look-picker]");
  const typed = form.querySelector("[data-look-colour]");
  const title = form.querySelector("[data-look-title]");

  const show = (colour) => {
    if (colour) root.style.setProperty("--brand", colour);
    else root.style.removeProperty("--brand");
  };
  picker.addEventListener("input", () => {
    typed.value = picker.value;
    typed.dispatchEvent(new Event("input", { bubbles: true }));
  });
  typed.addEventListener("input", () => {
    const found = hex.exec(typed.value.trim());
    if (found) picker.value = `#${found[1].toLowerCase()}`;
    show(found ? `#${found[1]}` : "");
  });
  title.addEventListener("input", () => {
    for (const name of document.querySelectorAll("[data-look-name]")) {
      name.textContent = title.value.trim() || name.dataset.usual;
    }
  });
  for (const input of form.querySelectorAll("[data-look-picture]")) {
    input.addEventListener("change", () => shown(input.dataset.lookPicture, input.files[0]));
  }
}

function shown(role, file) {
  if (!file || !/^image\/(png|jpeg|webp|gif)$/.test(file.type)) return;
  const url = URL.createObjectURL(file);
  for (const image of document.querySelectorAll(`[data-look-logo="${role}"]`)) {
    image.src = url;
    image.hidden = false;
    image.parentElement.querySelector("[data-look-mark]").hidden = true;
  }
}
