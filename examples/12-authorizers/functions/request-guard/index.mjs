/** Lets in whoever says the same in a header and in the query string. */
export const handler = async (event) => {
  const tenant = event.headers['X-Tenant'];
  const same = tenant === event.queryStringParameters.tenant;
  return {
    principalId: tenant,
    policyDocument: {
      Version: '2012-10-17',
      Statement: same
        ? [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }]
        : [],
    },
    context: { plan: event.stageVariables.plan ?? 'none' },
  };
};
