import { OpenAPIRoute, contentJson, fromHono } from 'chanfana';
import { Hono } from 'hono';
import { z } from 'zod';

const Task = z.object({ name: z.string().min(1).describe('what is to be done'), due: z.iso.date().optional(), done: z.boolean().default(false) });
const tasks = new Map([['first', { name: 'first', done: true }]]);

class ListTasks extends OpenAPIRoute {
  schema = {
    tags: ['tasks'],
    summary: 'Lists tasks',
    request: { query: z.object({ page: z.coerce.number().int().min(0).default(0), done: z.stringbool().optional() }) },
    responses: { 200: { description: 'the tasks', ...contentJson(z.object({ tasks: Task.array() })) } },
  };

  async handle() {
    const { query } = await this.getValidatedData();
    return { page: query.page, tasks: [...tasks.values()].filter((task) => query.done === undefined || task.done === query.done) };
  }
}

class CreateTask extends OpenAPIRoute {
  schema = {
    tags: ['tasks'],
    request: { body: contentJson(Task) },
    responses: { 201: { description: 'the task', ...contentJson(Task) } },
  };

  async handle(c) {
    const { body } = await this.getValidatedData();
    return c.json(body, 201);
  }
}

class GetTask extends OpenAPIRoute {
  schema = { request: { params: z.object({ name: z.string().min(2) }) }, responses: { 200: { description: 'the task', ...contentJson(Task) } } };

  async handle(c) {
    const { params } = await this.getValidatedData();
    const task = tasks.get(params.name);
    return task === undefined ? c.json({ error: 'no such task' }, 404) : c.json(task);
  }
}

const openapi = fromHono(new Hono(), { schema: { info: { title: 'Tasks', version: '1.0' } }, docs_url: '/docs' });
openapi.get('/tasks', ListTasks);
openapi.post('/tasks', CreateTask);
openapi.get('/tasks/:name', GetTask);

export default openapi;
