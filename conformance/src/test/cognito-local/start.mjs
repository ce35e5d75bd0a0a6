// Serves Cognito's user pools from the folder this is started in, as the command cognito-local does.
import 'cognito-local/lib/bin/start.js';
