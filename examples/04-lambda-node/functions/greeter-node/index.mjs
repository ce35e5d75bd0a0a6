/** Answers a call of the API (AWS_PROXY), or an event that names somebody. */
export const handler = async (event) => {
  const name = event.queryStringParameters?.name ?? event.name ?? 'stranger';
  console.log(`greeting ${name}`);
  const greeting = { greeting: `Hello, ${name}!` };
  return event.httpMethod ? { statusCode: 200, body: JSON.stringify(greeting) } : greeting;
};
