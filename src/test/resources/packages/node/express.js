import express from 'express';
import jwt from 'jsonwebtoken';
import { httpServerHandler } from 'cloudflare:node';
import { env } from 'cloudflare:workers';
import { Readable } from 'node:stream';

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.use((request, response, next) => {
  response.on('finish', () => { app.locals.finished = (app.locals.finished ?? 0) + 1; });
  next();
});

app.get('/books/:id', (request, response) => {
  const { params, query, protocol, hostname } = request;
  response.json({ params, query, protocol, hostname, name: env.NAME });
});
app.post('/books', (request, response) => { response.status(201).location('/books/7').json(request.body); });
app.get('/moved', (request, response) => { response.redirect(301, '/books/1'); });
app.get('/cookie', (request, response) => { response.cookie('seen', 'yes', { httpOnly: true }).send('<p>set'); });
app.get('/stream', (request, response) => { Readable.from(['one ', 'two ', 'three']).pipe(response); });
app.get('/finished', (request, response) => { response.send(`${app.locals.finished >= 1}`); });
app.get('/broken', async () => { throw new TypeError('broken'); });
app.post('/upload', express.raw({ type: 'application/octet-stream', limit: '10kb' }), (request, response) => { response.send(`${request.body.length} ${Buffer.isBuffer(request.body)}`); });

const router = express.Router();
router.use((request, response, next) => {
  jwt.verify(`${request.headers.authorization}`.replace('Bearer ', ''), 'a secret', (error, claims) => {
    if (error) response.status(401).json({ error: error.message });
    else {
      request.claims = claims;
      next();
    }
  });
});
router.get('/claims', (request, response) => { response.json(request.claims); });
app.get('/token', (request, response) => { response.type('text').send(jwt.sign({ sub: 'ada' }, 'a secret', { expiresIn: '1h' })); });
app.use('/private', router);

app.use((error, request, response, next) => { response.status(error.status ?? 500).json({ type: error.type ?? error.name, message: error.message }); });
app.listen(3000);

export default httpServerHandler({ port: 3000 });
