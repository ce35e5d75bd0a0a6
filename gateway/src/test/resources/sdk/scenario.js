// Calls every method of the client; argv: the SDK's folder, the stage's URL.
const apigClientFactory = require(process.argv[2] + '/apigClient.js');
const invokeUrl = process.argv[3];

async function main() {
  const open = apigClientFactory.newClient({ invokeUrl, apiKey: 'the key' });
  const signing = apigClientFactory.newClient({
    invokeUrl,
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'secret',
    sessionToken: 'token/1==',
    region: 'eu-west-1'
  });

  console.log(Object.keys(open).sort().join(' '));
  console.log((await open.rootGet()).status);
  const pets = await open.petsGet({ type: 'a b&c', page: ['1', '2'], 'X-Tenant': 'blue' });
  console.log(pets.data[0].name, pets.headers['x-total']);
  const made = await signing.petsPost({}, { name: 'Rex', tags: [{ label: 'é' }] });
  console.log(made.status, JSON.stringify(made.data));
  const one = await signing.petsPetIdGet(
    { petId: 'a/b (1)*~é', filter: "x'y=z&" }, undefined, { queryParams: { b: '2', a: '1' }, headers: { 'X-Other': 'o' } });
  console.log(one.data.id);
  console.log((await signing.filesPathPut({ path: 'a b/c+d' }, 'plain text')).data.method);
  await signing.petsPetIdGet({ petId: 'missing' }).catch((error) => console.log(error.status, error.data.message));
  await open.petsGet({ type: 'a' }).catch((error) => console.log(error.message));
  await open.filesPathPut({ path: '../x' }).catch((error) => console.log(error.message));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
