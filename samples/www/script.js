// Says what arrived. "load" comes when the stylesheet, this script and the picture have.
window.addEventListener("load", () => {
  const say = (id, text) => {
    document.getElementById(id).textContent = text;
  };
  const picture = document.getElementById("picture");
  say("status", "script ran");
  say("image", `${picture.naturalWidth} x ${picture.naturalHeight}`);
  say("style", getComputedStyle(document.body).color);
});
