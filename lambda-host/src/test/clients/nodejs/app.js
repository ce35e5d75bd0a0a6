const fs = require('fs');
const path = require('path');

const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
let calls = 0;

exports.handler = async (event, context) => {
  calls++;
  switch (event.do) {
    case 'constant':
      return { constant: [1, 'zwölf', null] };
    case 'raise':
      throw new TypeError('it broke: Grüße');
    case 'context':
      return {
        arn: context.invokedFunctionArn,
        id: context.awsRequestId,
        name: context.functionName,
        version: context.functionVersion,
        memory: `${context.memoryLimitInMB}`,
        group: context.logGroupName,
        stream: context.logStreamName,
        left: context.getRemainingTimeInMillis(),
        title: context.clientContext?.client.app_title ?? null,
        custom: context.clientContext?.custom.greeting ?? null,
        identity: context.identity?.cognitoIdentityId ?? null,
        trace: process.env._X_AMZN_TRACE_ID ?? null,
      };
    case 'print':
      console.log('said: Grüße');
      return null;
    case 'hang':
      await wait(60_000);
      return null;
    case 'count':
      return { calls, process: process.pid };
    case 'meet': {
      fs.writeFileSync(path.join(event.folder, context.awsRequestId), '');
      while (fs.readdirSync(event.folder).length < event.all) {
        await wait(10);
      }
      return context.awsRequestId;
    }
    default:
      return event;
  }
};
