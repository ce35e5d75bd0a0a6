/** Lets readers in and nobody else. */
exports.handler = async (event) => ({
  principalId: 'reader',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{
      Action: 'execute-api:Invoke',
      Effect: event.authorizationToken === 'Bearer reader' ? 'Allow' : 'Deny',
      Resource: event.methodArn,
    }],
  },
  context: { tenant: 'bench' },
});
