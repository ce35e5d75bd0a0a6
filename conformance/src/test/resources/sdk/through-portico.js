// argv: the SDK's folder, an API key. The stage's URL is the SDK's own.
const apigClientFactory = require(process.argv[2] + '/apigClient.js');

async function main() {
  const client = apigClientFactory.newClient({
    apiKey: process.argv[3],
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'secret',
    region: 'us-east-1'
  });
  const pet = await client.petsPetIdGet({ petId: 'a b', color: 'red & blue', 'X-Tenant': 'green' });
  console.log(pet.status, pet.data.id, pet.data.name);
  const made = await client.petsPost({}, { name: 'Rex', owner: { name: 'Ann' } });
  console.log(made.status, JSON.stringify(made.data));
  const keyless = apigClientFactory.newClient();
  await keyless
    .petsPetIdGet({ petId: '1', 'X-Tenant': 'green' })
    .catch((error) => console.log(error.status, error.data.message));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
