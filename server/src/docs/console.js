// Swagger UI on this server's own document: sign in there, and call.
window.SwaggerUIBundle({
  dom_id: '#console',
  url: '/openapi.json',
  deepLinking: true,
  layout: 'BaseLayout',
  persistAuthorization: true,
  tryItOutEnabled: true,
  // It would send the document to a server of somebody else.
  validatorUrl: null,
})
