/** Says by a policy what the bearer of a token may call: everything, nothing, or who knows. */
export const handler = async (event) => {
  const [, name] = event.authorizationToken.split(' ');
  if (name === 'nobody') {
    throw new Error('Unauthorized'); // 401
  }
  // All methods of the stage: the answer is kept, and holds for each of them.
  const [arn, stage] = event.methodArn.split('/');
  return {
    principalId: name,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${arn}/${stage}/*` },
        { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${arn}/${stage}/DELETE/*` },
      ],
    },
    context: { askedAt: `${process.hrtime.bigint()}`, admin: name === 'ada' },
  };
};
