/** Answers a call of the API with the event that it became. */
exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });
