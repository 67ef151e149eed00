// A file that is dropped on the form is chosen, and looked up.

const form = document.querySelector('form.drop');
const input = form.querySelector('input[type=file]');

for (const type of ['dragenter', 'dragover']) {
  form.addEventListener(type, (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    form.classList.add('over');
  });
}
form.addEventListener('dragleave', (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove('over');
});
form.addEventListener('drop', (event) => {
  event.preventDefault();
  form.classList.remove('over');
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  form.requestSubmit();
});
