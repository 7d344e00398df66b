import { AwsClient, AwsV4Signer } from 'aws4fetch';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === '/signature') {
      // The example of "Signature Version 4 signing process" in AWS's general reference.
      const signer = new AwsV4Signer({
        ...keys,
        url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        datetime: '20150830T123600Z',
        region: 'us-east-1',
        service: 'iam',
        allHeaders: true,
      });
      return new Response((await signer.sign()).headers.get('authorization'));
    }
    const client = new AwsClient({ ...keys, service: 's3', region: 'eu-central-1' });
    if (pathname === '/query') {
      const signed = await client.sign('https://bucket.s3.eu-central-1.amazonaws.com/a b/ü.txt?x=1&X-Amz-Expires=60', {
        aws: { signQuery: true, datetime: '20150830T123600Z' },
      });
      return new Response(signed.url);
    }
    const signed = await client.sign('https://bucket.s3.eu-central-1.amazonaws.com/key', { method: 'PUT', body: 'content' });
    return env.STORE.fetch(signed);
  },
};
