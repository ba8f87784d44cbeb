const [host, port] = process.argv[2].split(':');
const connection = require('node:net').connect(Number(port), host);
connection.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n');
connection.on('error', () => {}).resume();
