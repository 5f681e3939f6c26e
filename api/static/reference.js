// Shows the description that the page names. The badge, which asks another host, is off.
const reference = document.getElementById("reference");
SwaggerUIBundle({
  domNode: reference,
  url: reference.dataset.description,
  validatorUrl: null,
  deepLinking: true,
  tryItOutEnabled: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
});
