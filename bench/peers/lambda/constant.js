/** Answers a call of the API, always in the same way. */
exports.handler = async () => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: '{"greeting":"Hello"}',
});
