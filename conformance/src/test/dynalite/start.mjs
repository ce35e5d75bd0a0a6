// Serves DynamoDB's tables from memory, on a port that the system chooses.
import dynalite from 'dynalite';

const server = dynalite({createTableMs: 0, deleteTableMs: 0, updateTableMs: 0});
server.listen(0, '127.0.0.1', () =>
  console.log(`running on http://127.0.0.1:${server.address().port}`));
